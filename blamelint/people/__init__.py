"""People, roles and groups in prose: names, rosters, the cast of a document, the mentions of a sentence."""
