"""Given names and surnames of many cultures, from the locale data of the Faker package."""

from __future__ import annotations

import pkgutil
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

#: Names that Faker's locales lack, of cultures whose people are on call too.
_MORE_GIVEN = (
    "Oluwaseun Oluwatobi Oluwaseyi Olumide Chiamaka Chinwe Chinelo Chidi Chukwudi Emeka Ifeoma Ngozi Nneka Obinna Uche Adaeze "
    "Adebayo Adewale Babatunde Temitope Folasade Funmilayo Yetunde Tunde Segun Femi Kehinde Taiwo Bola Kunle Damilola Amaka "
    "Thandeka Thandiwe Thabo Tshepo Zanele Sipho Sibusiso Lerato Lindiwe Nomvula Nomsa Naledi Palesa Kagiso Mpho Ayanda Bongani "
    "Lwazi Tendai Tatenda Rufaro Farai Tafadzwa Chipo Kwabena Kwame Kwasi Kofi Kojo Yaw Akosua Abena Ama Efua Adwoa Esi Wanjiru "
    "Wanjiku Njeri Njoroge Kamau Mwangi Achieng Otieno Odhiambo Makena Kiptoo Wambui Muthoni Nyambura Akinyi Baraka Juma Amani "
    "Zawadi Neema Imani Fatou Aminata Mamadou Ousmane Ibrahima Moussa Awa Ndeye Cheikh Abdoulaye Seydou Aïssatou Selam Tesfaye "
    "Abebe Almaz Bekele Dawit Hiwot Meron Yonas Mulugeta Rahel Rahwa Priyanka Priya Yuvraj Yuvi Lakshmi Kavya Ananya Sandhya Swathi "
    "Venkat Murugan Sarika Deepak Deepika Rajesh Suresh Ramesh Mahesh Ganesh Sanjay Sunil Anil Vikram Vivek Nikhil Rohit Rohan "
    "Karthik Harish Manoj Pooja Shreya Sneha Divya Meera Nandini Sunita Anjali Aarav Ishaan Aditi Tanvi Gaurav Ashwin Pranav Harpreet "
    "Gurpreet Jaspreet Manpreet Parminder Sukhdeep Nilufar Farrukh Farhad Bahram Dariush Shirin Parisa Nasrin Soraya Kaveh Siavash "
    "Gulnara Aigerim Aizada Nurlan Nursultan Timur Rustam Dilnoza Azamat Bekzat Sardor Zarina Lola Anahit Gayane Tigran Hayk Levan "
    "Nino Giorgi Tamar Ketevan Zurab Lasha Siobhán Niamh Caoimhe Saoirse Oisín Aoife Eoin Cillian Ruairí Ruaridh Eilidh Mhairi Catrìona "
    "Iain Hamish Rhys Gethin Angharad Carys Bronwen Ffion Llinos Mei-Ling Xiaoming Xiaoyu Jia Jiahui Lei Xin Yan Hao Jun Tao Wei Yifan "
    "Zhang Wenjing Yuxuan Zhiyuan Haoran Minghao Ruoxi Lantao Hyun-woo Ji-woo Min-jun Seo-yeon Ji-hoon Min-seo Soo-jin Jae-won Eun-ji "
    "Haruto Hiroki Kenji Kenta Takumi Takeshi Daisuke Satoshi Ayumi Naoko Yuki Yuto Sakura Emi Rin Aiko Masato Shinji Tuan Linh Thuy "
    "Nhung Phuong Quang Hieu Trang Huong Duc Khoa Ngoc Thao Anh Vinh Siti Budi Dewi Putri Agus Wayan Ketut Made Nur Rizky Bayu Arief "
    "Somchai Somsak Niran Ploy Kanya Chai Malee Arjuna Nakoa Kalani Keoni Leilani Kealoha Tāne Aroha Wiremu Hemi Mere Ngaire Sione "
    "Sefina Tevita Mele Losa Itzel Xóchitl Citlali Quetzal Nayeli Inti Illari Amaru Ayelén Lautaro Joaquín Thiago João Inês Tomás "
    "Gonçalo Catarina Marisol Xiomara Yesenia Zsófia Ágnes Gergely Bence Balázs Réka Ioana Ștefan Bogdan Mihai Răzvan Ludmila Oksana "
    "Mykola Taras Yevhen Oleksandr Oleksiy Olena Iryna Nataliya Halyna Svitlana Vasyl Bohdan Andriy Zbigniew Małgorzata Agnieszka "
    "Krzysztof Wojciech Grzegorz Katarzyna Jadwiga Bartosz Miroslav Zdeněk Jiří Ondřej Radka Ljubica Dragan Zoran Goran Branka Jelena "
    "Milica Snežana Dušan Nemanja Blerim Arben Besa Drita Yael Noa Shlomo Moshe Avi Eitan Shira Rivka Dov Bashir Layla Noor Samira "
    "Yasmin Hamza Bilal Zainab Khadija Maryam Tariq Usman Imran Ayesha Rukhsana Nadia Karim Rachid Amine Youssef Soufiane Ilham Hicham "
    "Mehmet Ayşe Emre Elif Burak Zeynep Deniz Ece Kerem Hakan Selin Tolga Anouk Maarten Joost Sander Femke Wouter Sanne Jeroen "
    "Saskia Roel Ilse Lotte Bram Mireille Delphine Guillaume Aurélie Étienne Thibault Océane Rémi Maëlle Yannick Gaël Solveig Ingrid "
    "Håkon Sigrid Torbjørn Astrid Freja Søren Rasmus Mikkel Aino Eero Ilkka Väinö Päivi Jarkko Siiri Kaisa Guðrún Sigríður Björk "
    "Ragnheiður Þórdís Rukmini Sunniva Rikke Leif Anneke Wolfgang Jürgen Heike Uwe Rosalind Yuri Dmitri Svetlana Anatoly Ksenia"
).split()


def fold(name: str) -> str:
    """The name in lower case without diacritics, so that Nguyễn finds Nguyen."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return "".join(char for char in text if not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded given names and surnames."""

    given: frozenset[str]
    surnames: frozenset[str]

    def is_given(self, name: str) -> bool:
        """Whether it is known as a given name; of a hyphenated name each part counts."""
        folded = fold(name)
        return folded in self.given or ("-" in folded and folded.split("-", 1)[0] in self.given)

    def is_surname(self, name: str) -> bool:
        """Whether it is known as a surname; of a hyphenated name one part is enough."""
        folded = fold(name)
        return folded in self.surnames or ("-" in folded and any(p in self.surnames for p in folded.split("-")))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The names of every locale of Faker that are written in letters; read once, in about 0.3 s."""
    import faker.providers.person as package

    given: set[str] = {fold(name) for name in _MORE_GIVEN}
    surnames: set[str] = set()
    for module in pkgutil.iter_modules(package.__path__):
        provider = import_module(f"{package.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            target = given if attribute.startswith(("first_", "romanized_first")) else None
            target = surnames if attribute.startswith(("last_", "romanized_last")) else target
            if target is not None:
                target.update(fold(name) for name in _names(getattr(provider, attribute)))
    return Gazetteer(frozenset(given - {""}), frozenset(surnames - {""}))


def _names(value: object) -> Iterator[str]:
    if not isinstance(value, Iterable) or isinstance(value, str) or callable(value):
        return
    for item in value:
        name = item[0] if isinstance(item, tuple) and item else item
        if isinstance(name, str) and len(name) > 1 and name[0].isalpha():
            yield name
