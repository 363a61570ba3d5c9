"""Words of invented names in five scripts, each with spellings that other lists have of it.

Common given and family names, put together by chance: nobody is meant. Spellings were written down
for this table and not made by any matcher, so that a matcher can be held against them.
"""

# ruff: noqa: E501, RUF001, SIM905 - wide letters of many scripts are the matter here

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["SCRIPTS", "drawn_name"]

SCRIPTS = ("cyrillic", "arabic", "han", "hangul", "latin")

# Three ways to write Cyrillic: that of passports since 2013, that of maps, that of scholars.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e|yo|e", "ж": "zh|zh|ž",
    "з": "z", "и": "i", "й": "i|y|j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh|kh|ch", "ц": "ts|ts|c",
    "ч": "ch|ch|č", "ш": "sh|sh|š", "щ": "shch|shch|šč", "ъ": "ie||", "ы": "y", "ь": "",
    "э": "e", "ю": "iu|yu|ju", "я": "ia|ya|ja", "і": "i",
}  # fmt: skip
_CYRILLIC_MEN = (
    "Александр Алексей Андрей Антон Артём Борис Вадим Валерий Василий Виктор Владимир Дмитрий "
    "Егор Иван Игорь Илья Кирилл Константин Максим Михаил Никита Николай Олег Павел Роман "
    "Сергей Степан Тимофей Фёдор Юрий Ярослав"
).split()
_CYRILLIC_WOMEN = (
    "Александра Алина Алла Анастасия Анна Валентина Вера Виктория Галина Дарья Екатерина "
    "Елена Ирина Ксения Лариса Любовь Людмила Марина Мария Надежда Наталья Оксана Ольга "
    "Полина Светлана София Тамара Татьяна Ульяна Юлия"
).split()
_FATHERS = (
    "Александр Андре Антон Борис Вадим Виктор Владимир Иван Константин Леонид Максим Михайл "
    "Олег Павл Роман Семён Степан Фёдор"
).split()
_STEMS = (
    "Абрам Баран Бел Богдан Бор Вавил Верш Влас Волк Вороб Гав Гера Гонч Горш Гром Гус Давыд "
    "Дем Дорош Дубр Ерм Жук Зайц Захар Зим Зуб Карп Кир Климч Ковал Козл Колес Кор Крав Крыл "
    "Кузн Кул Лаз Леб Лук Макар Март Матв Мельн Мир Моро Назар Ник Нос Орл Ост Пан Петр Пол "
    "Прох Рог Руд Сав Сид Сокол Сус Тар Тих Трет Фил Хар Цвет Черн Шев Шест Щерб Юрк Яков"
).split()
_ENDINGS = (("ов", "ова"), ("ев", "ева"), ("ин", "ина"), ("енко", "енко"), ("ский", "ская"))

_ARABIC_MEN = {
    "محمد": "Mohammed Muhammad Mohamed Mohamad", "أحمد": "Ahmed Ahmad", "علي": "Ali Aly",
    "حسن": "Hassan Hasan", "حسين": "Hussein Husayn Hussain", "عمر": "Omar Umar",
    "خالد": "Khaled Khalid", "يوسف": "Youssef Yusuf Yousef", "إبراهيم": "Ibrahim Ebrahim",
    "مصطفى": "Mustafa Mostafa", "محمود": "Mahmoud Mahmud", "سعيد": "Said Saeed Saʿid",
    "ناصر": "Nasser Nasir", "طارق": "Tarek Tariq", "كريم": "Karim Kareem", "فيصل": "Faisal Faysal",
    "سلمان": "Salman", "بلال": "Bilal Belal", "زياد": "Ziad Ziyad", "وليد": "Walid Waleed",
    "رشيد": "Rashid Rachid", "جمال": "Jamal Gamal Djamal", "صالح": "Saleh Salih", "ياسر": "Yasser Yasir",
}  # fmt: skip
_ARABIC_WOMEN = {
    "فاطمة": "Fatima Fatma Fatimah", "عائشة": "Aisha Aicha", "مريم": "Maryam Mariam",
    "زينب": "Zainab Zeinab Zaynab", "ليلى": "Layla Leila", "نورة": "Noura Nura",
    "سارة": "Sara Sarah", "هدى": "Huda Hoda", "خديجة": "Khadija Khadijah", "سمية": "Sumayya Soumaya",
    "رانيا": "Rania Ranya", "دينا": "Dina", "أمل": "Amal", "إيمان": "Iman Eman",
}  # fmt: skip
_ARABIC_FAMILIES = {
    "الحربي": "al-Harbi Alharbi", "القحطاني": "al-Qahtani Alqahtani",
    "الشمري": "al-Shammari Alshammari", "العتيبي": "al-Otaibi al-Utaybi", "المصري": "al-Masri El-Masry",
    "الشامي": "al-Shami", "البغدادي": "al-Baghdadi", "الحسيني": "al-Husseini al-Husayni",
    "العمري": "al-Omari al-Umari", "الزهراني": "al-Zahrani", "الغامدي": "al-Ghamdi",
    "السالم": "al-Salem al-Salim", "الخطيب": "al-Khatib El-Khatib", "النجار": "al-Najjar El-Naggar",
    "الحداد": "al-Haddad", "الصباغ": "al-Sabbagh", "منصور": "Mansour Mansur", "حمدان": "Hamdan",
    "درويش": "Darwish Darwich", "قاسم": "Qasim Kassem Qassem", "شاهين": "Shahin Chahine",
    "عثمان": "Othman Osman Uthman", "بركات": "Barakat", "زيدان": "Zidan Zaydan",
}  # fmt: skip

_HAN_FAMILIES = (
    "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 胡Hu 朱Zhu 高Gao 林Lin 何He "
    "郭Guo 马Ma 罗Luo 梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 于Yu 董Dong 萧Xiao 程Cheng 曹Cao "
    "袁Yuan 邓Deng 许Xu 傅Fu 沈Shen 彭Peng 吕Lü 苏Su"
).split()
_HAN_GIVEN = (
    "伟wei 芳fang 娜na 敏min 静jing 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 娟juan 涛tao 明ming 超chao 霞xia "
    "平ping 刚gang 玲ling 桂gui 国guo 建jian 志zhi 文wen 华hua 英ying 红hong 海hai 晓xiao 春chun 永yong 新xin "
    "东dong 立li 成cheng 生sheng 光guang 宇yu 天tian 金jin 玉yu 秀xiu 兰lan 梅mei 雪xue 龙long 飞fei 峰feng "
    "鹏peng 波bo"
).split()
_HANGUL_FAMILIES = (
    "김Kim|Gim 이Lee|Yi|Ri 박Park|Pak|Bak 최Choi|Choe 정Jung|Jeong|Chung 강Kang|Gang 조Cho|Jo "
    "윤Yoon|Yun 장Jang|Chang 임Lim|Im 한Han 오Oh|O 서Seo|Suh 신Shin|Sin 권Kwon|Gwon 황Hwang 안Ahn|An "
    "송Song 전Jeon|Chun 홍Hong"
).split()
_HANGUL_GIVEN = (
    "민min 준jun|joon 서seo|suh 현hyun|hyeon 지ji|jee 영young|yeong 수su|soo 진jin 우woo|u 성sung|seong "
    "호ho 재jae|jai 은eun|un 경kyung|gyeong 철chul|cheol 상sang 희hee|hui 미mi 정jung|jeong 숙sook|suk "
    "동dong 원won 태tae 기ki|gi 용yong 석suk|seok 혜hye 연yeon|yun 선sun|seon 주ju|joo"
).split()
_LATIN_MEN = (
    "Adam Aleksander Andrius Antanas Bence Carlos César Diego Domantas Emil François Gábor "
    "Ignacio István Jan Jonas José João Jörg Kęstutis Lech Łukasz Luís Mantas Miguel "
    "Mindaugas Nuno Ömer Pál Rafał René Rokas Saulius Stanisław Tomás Vytautas Žygimantas"
).split()
_LATIN_WOMEN = (
    "Agnė Ana Aušra Beatriz Birutė Cecília Dorota Éva Františka Gražina Inés Jolanta Judit "
    "Justė Katarzyna Lucía Małgorzata María Milda Noémi Paula Rasa Renáta Rūta Sofía Teresa "
    "Viktória Wanda Zsófia Živilė"
).split()
_LATIN_STEMS = (
    "Bal Ban Ber Bor Bud Čer Dam Dov Ger Gol Grab Hor Jank Jar Kal Kaz Kov Kraw Kub Lap Lew "
    "Mal Maž Mor Nav Now Pet Pol Rad Ram Rim Sad Sob Star Šim Tam Urb Val Vil Wil Wój Zab Zar "
    "Žem"
).split()
_LATIN_ENDINGS = (
    "auskas evičius inskas onis aitis owski ewicz czyk iński ák ész ovics ero ales anza ouro "
    "eira ardo"
).split()
_PLAIN = str.maketrans(
    "áéíóúüöäâãçñčęėįšūųžąłńśźżÁÉÍÓÚÜÖČĘĖĮŠŪŲŽŁŚŻôőů",
    "aeiouuoaaacnceeisuuzalnszzAEIOUUOCEEISUUZLSZoou",
)


def drawn_name(dice: np.random.Generator, script: str, gender: str) -> tuple[str, str]:
    """Give a name in its own letters, and as another list has it in Latin ones."""
    return _WRITERS[script](dice, gender)


def _one(dice: np.random.Generator, words: list[str] | tuple[str, ...]) -> str:
    # Some names are far more common than others.
    return words[int(len(words) * dice.random() ** 1.6)]


def _latin_of(text: str, way: int) -> str:
    spelt = []
    for letter in text.lower():
        ways = _LETTERS.get(letter, letter).split("|")
        spelt.append(ways[way] if len(ways) > 1 else ways[0])
    return "".join(spelt).title()


def _cyrillic(dice: np.random.Generator, gender: str) -> tuple[str, str]:
    woman = gender == "female"
    given = _one(dice, _CYRILLIC_WOMEN if woman else _CYRILLIC_MEN)
    father = _one(dice, _FATHERS) + ("овна" if woman else "ович")
    ending = _ENDINGS[int(dice.integers(len(_ENDINGS)))][woman]
    family = _one(dice, _STEMS) + ending
    whole = f"{given} {father} {family}" if dice.random() < 0.6 else f"{given} {family}"
    latin = f"{given} {family}" if dice.random() < 0.6 else whole
    return whole, _latin_of(latin, int(dice.integers(3)))


def _arabic(dice: np.random.Generator, gender: str) -> tuple[str, str]:
    table = _ARABIC_WOMEN if gender == "female" else _ARABIC_MEN
    words = [(table, _one(dice, list(table))), (_ARABIC_MEN, _one(dice, list(_ARABIC_MEN)))]
    words.append((_ARABIC_FAMILIES, _one(dice, list(_ARABIC_FAMILIES))))
    native = " ".join(word for _, word in words)
    latin = [_one(dice, held[word].split()) for held, word in words]
    if dice.random() < 0.3:
        latin.pop(1)
    return native, " ".join(latin)


def _han(dice: np.random.Generator, _gender: str) -> tuple[str, str]:
    family = _one(dice, _HAN_FAMILIES)
    given = [_one(dice, _HAN_GIVEN) for _ in range(1 if dice.random() < 0.15 else 2)]
    native = family[0] + "".join(one[0] for one in given)
    return native, f"{family[1:]} {''.join(one[1:] for one in given).title()}"


def _hangul(dice: np.random.Generator, _gender: str) -> tuple[str, str]:
    family = _one(dice, _HANGUL_FAMILIES)
    given = [_one(dice, _HANGUL_GIVEN) for _ in range(2)]
    native = family[0] + "".join(one[0] for one in given)
    first, second = (_one(dice, one[1:].split("|")) for one in given)
    joined = (f"{first} {second}", f"{first}-{second}", f"{first}{second}")
    return native, f"{_one(dice, family[1:].split('|'))} {_one(dice, joined).title()}"


def _latin(dice: np.random.Generator, gender: str) -> tuple[str, str]:
    given = _one(dice, _LATIN_WOMEN if gender == "female" else _LATIN_MEN)
    family = _one(dice, _LATIN_STEMS) + _one(dice, _LATIN_ENDINGS)
    also = f" {_one(dice, _LATIN_STEMS)}{_one(dice, _LATIN_ENDINGS)}" if dice.random() < 0.2 else ""
    native = f"{given} {family}{also}"
    plain = f"{given} {family}" if dice.random() < 0.5 else native
    return native, plain.translate(_PLAIN)


_WRITERS = {
    "cyrillic": _cyrillic, "arabic": _arabic, "han": _han, "hangul": _hangul, "latin": _latin,
}  # fmt: skip
