"""Names that are one name in two scripts, and near misses that are two."""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, compare, is_heard

__all__: list[str] = []

SAME = [
    # East and South Slavic, Kazakh; standards of passports, lists and newspapers
    ("Сергей Щербаков", "Sergey Shcherbakov"),
    ("Сергей Щербаков", "Sergej Ščerbakov"),
    ("Юрий Чайкин", "Iurii Chaikin"),
    ("Юрий Чайкин", "Jurij Tschajkin"),
    ("Юрий Чайкин", "Iouri Tchaïkine"),
    ("Фёдор Хомяков", "Fedor Khomiakov"),
    ("Володимир Гончаренко", "Volodymyr Honcharenko"),
    ("Сергій Ющук", "Serhii Yushchuk"),
    ("Алег Каралёў", "Aleh Karaliou"),
    ("Игорь Павлов", "Ihar Paulau"),
    ("Sergey Orlov", "Siarhei Arlou"),
    ("Dmitri Kovalev", "Dzmitry Kavaliou"),
    ("Анна Богданова", "Hanna Bahdanava"),
    ("Сяргей Арлоў", "Sergei Orlov"),
    ("Рамзан Зуев", "Ramsan Sujew"),
    ("Ђорђе Живковић", "Đorđe Živković"),
    ("Ђорђе Живковић", "Djordje Zivkovic"),
    ("Цветан Ангелов", "Tsvetan Angelov"),
    ("Қуаныш Әлиев", "Kuanysh Aliev"),
    ("Зеленко Володимир", "Wolodymyr Selenko"),
    ("Иванова Мария Петровна", "Maria Ivanova"),
    # Arabic, Persian, Pashto, Urdu, Hebrew
    ("محمد أحمد", "Mohammed Ahmad"),
    ("محمود يوسف", "Mahmoud Yousef"),
    ("عبد الرحمن القاسم", "Abdurrahman al-Qassem"),
    ("عبدالرحمن القاسم", "Abd al Rahman Kasim"),
    ("ناصر الدين حبيب الله", "Nasiruddin Habibullah"),
    ("حبیب الله", "Habib Allah"),
    ("رمضان فیض اللهی", "Ramezan Feyzollahi"),
    ("عبد الله الحاج", "Abdallah Haj"),
    ("محمد بن سلمان", "Mohammed bin Salman"),
    ("محمد بن سلمان", "Mohammed Salman"),
    ("غلامحسین کرمانی", "Gholam Hossein Kermani"),
    ("هدى صالح", "Huda Salih"),
    ("ښاد ګل", "Shad Gul"),
    ("إياد غالب", "Iyad Ghalib"),
    ("ضیایی", "Ziaei"),
    ("عمرو سالم", "Amr Salem"),
    ("أبواليزيد العياشي", "Abou el-Yazid el-Ayashi"),
    ("مظهری", "Mazhari"),
    ("سامرائي", "Samarrai"),
    ("مُتوكّل مَسعد", "Mutawakkil Masad"),
    ("عائشة كريم", "Aicha Kareem"),
    ("عمر الحربي", "Omar Alharbi"),
    ("Omar al-Masri", "Omar Almasri"),
    ("אביגיל שרון", "Avigail Sharon"),
    # as Turks write a last d, Tajiks and Uzbeks an alif; Uyghur and Kurdish letters
    ("محمد مراد", "Mehmet Murat"),
    ("خالد عمر", "Halit Omer"),
    ("محمود أحمد", "Mahmut Ahmet"),
    ("مسعود بارزانی", "Mesut Barzani"),
    ("سعيد حليم", "Sait Halim"),
    ("داود يوسف", "Davut Yusuf"),
    ("فرهاد دمير", "Ferhat Demir"),
    ("نادر شاه", "Nodir Shoh"),
    ("حمیدالله امان", "Hamidullo Amon"),
    ("کامران یوسف", "Komron Yusupov"),
    ("ئۆمەر بېكالى", "Omer Bekali"),
    ("گۈلباھار خاتىۋاجى", "Gulbahar Haitiwaji"),
    ("راھىلە داۋۇت", "Rahile Dawut"),
    ("دڵشاد کەریم", "Dilshad Karim"),
    # servants of God, and fathers, whatever became of the article
    ("عبد الملك الطارفي", "Abdulmalik al-Tarfi"),
    ("عبد الملك الطارفي", "عبدالملك الطارفي"),
    ("عبد الرئيس الطارفي", "Abdul-Rais al-Tarfi"),
    ("عزالدين الحداد", "Ezzedine Haddad"),
    ("ابوالقاسم صلواتی", "Abolghassem Salavati"),
    ("ابوالقاسم صلواتی", "Abol-Qasem Salavati"),
    ("ابوالفضل عباسی", "Abolfazl Abbasi"),
    ("ابوالفضل عباسی", "Абулфазл Аббаси"),
    ("ابوالحسن بنی صدر", "Abolhassan Banisadr"),
    ("周恩来", "Chou En-lai"),
    # Uyghur, Azeri and Kurdish letters; Belarusian beside Russian; two initials
    ("ئىلھام توختى", "Ilham Toxti"),
    ("دولقۇن ئەيسا", "Dolkun Isa"),
    ("مۇھەممەت ئىمىن", "Muhammad Imin"),
    ("مۇھەممەت ئىمىن", "Memet Imin"),
    ("ئابدۇقادىر ئەركىن", "Abduqadir Erkin"),
    ("Celal Talabanî", "Jalal Talabani"),
    ("Cemil Bayik", "Jamil Bayik"),
    ("Cəlil Xəlilov", "Jalil Khalilov"),
    ("Cəlil Xəlilov", "Джалил Халилов"),
    ("Mədət Quliyev", "Мадат Гулиев"),
    ("Сяргей Ціханоўскі", "Sergei Tikhanovsky"),
    ("Святлана Ціханоўская", "Svetlana Tikhanovskaya"),
    ("Путин В.В.", "Vladimir Putin"),
    # Hangul, Han, kana
    ("김철수", "Kim Chol-su"),
    ("오영호", "O Yong Ho"),
    ("영호 오", "O, Yong Ho"),
    ("김철수", "Cheolsu KIM"),
    ("이영희", "Lee Young-hee"),
    ("이영희", "RI Yong Hui"),
    ("박정훈", "PARK Jeong Hoon"),
    ("남궁민", "Namgung Min"),
    ("김 철수", "Kim Chul Soo"),
    ("장철희", "DJANG Tcheul Hy"),
    ("바르바라", "Barbara"),
    ("陈全国", "Chen Quanguo"),
    ("陈全国", "CHEN Quan-guo"),
    ("陳全國", "陈全国"),
    ("欧阳文", "Ouyang Wen"),
    ("黄文明", "Wong Wen Ming"),
    ("贝拉克·奥巴玛", "Barak Obama"),
    ("Mao Tse-tung", "Mao Zedong"),
    ("Hsiao Tzu-chien", "Xiao Zijian"),
    ("やまだ たろう", "Yamada Taro"),
    ("トーマス", "Thomas"),
    # Greek, Georgian, Armenian, Indic and other scripts
    ("Νίκος Παπαδόπουλος", "Nikos Papadopoulos"),
    ("Μπάμπης Γκίκας", "Babis Gikas"),
    ("ნინო ბერიძე", "Nino Beridze"),
    ("Անահիտ Սարգսյան", "Anahit Sargsyan"),
    ("नरेन्द्र वर्मा", "Narendra Varma"),
    ("রহিম হাসান", "Rahim Hasan"),
    ("สมชาย", "Somchai"),
    # two scripts, neither of them Latin
    ("Рамзан Кадыр", "رمضان قادر"),
    ("Пак Хан", "박한"),
    ("しゃかい", "Shakai"),
    ("キャロル", "Carol"),
    ("كريمي علي", "A. Karimi"),
    ("عبدالله کریمی", "عبدالله كريمى"),
    ("حبيب", "חביב"),
    ("رامي جراح", "Rami Jarrah"),
    ("رامي جراح", "Rami Djarrah"),
    ("نور نجاح", "Nour Najah"),
]

OTHERS = [
    ("إباء الراشد", "Ayyubi Rashid"),
    ("ماهان عبدالعلی", "Mian Abdullah"),
    ("علي فارع", "Faraj Hala"),
    ("محمد سعود", "Mohammed Said"),
    ("حسنا نوري", "Hassan Nouri"),
    ("سعود", "Said"),
    ("علي", "Hala"),
    ("حميد", "Amit"),
    ("محمدي", "Mahmut"),
    ("راضي جعفر", "Reza Jafari"),
    ("محمد کمالی", "Mohamed Kamel"),
    ("حسین محمدی", "Ehsan Mohammadi"),
    ("مائده سعیدی", "Majid Sajdeh"),
    ("Евгения Волгина", "Yevgeniy Volgin"),
    ("志强 王", "Wang Zhiqing"),
    ("陈全国", "Chen Quan"),
    ("陈全国", "Chen Guoquan"),
    ("陈全国", "陈全民"),
    ("陈全", "陈全国"),
    ("王明", "Wang Xiaoming"),
    ("김철수", "Kim Chol-ho"),
    ("김철수", "Pak Chol-su"),
    ("김철수", "김영수"),
    ("김철수", "Kimchi"),
    ("김철수", "金鐵"),
    ("محمد بن سلمان", "Salman bin Mohammed"),
    ("Тарвин В. В.", "Petr Tarvin"),
    ("محمد يوسف", "Mahmoud Yousef"),
    ("علي حسن", "Li Hassan"),
    ("عبد الرحيم", "Abdurrahman"),
    ("Сергей Петров", "Sergey Pavlov"),
    ("Иван Петров", "Ivan Papou"),
    ("Anna Bahdanau", "Anna Bardanava"),
    ("عمر الحربي", "Omar Alharti"),
    ("سینا احسان دایی", "Ah San"),
    ("Andrew King", "Andrew"),
    ("Иван Сергеевич Петров", "Ivan Mikhailovich Petrov"),
    ("Ольга Иванова", "Oleg Ivanov"),
    ("Алексей Попов", "Alexander Popov"),
    ("김철수", "محمد"),
    ("王明", "김명"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_name_in_two_writings_is_looked_at(left: str, right: str) -> None:
    assert compare(left, right).score >= REVIEW


@pytest.mark.parametrize(("left", "right"), OTHERS)
def test_two_names_that_are_near_are_not(left: str, right: str) -> None:
    assert compare(left, right).score < REVIEW


@pytest.mark.parametrize("name", ["김ㅋ", "ッャ ヴィク", "Karl Отто", "々々"])
def test_signs_out_of_place_break_nothing(name: str) -> None:
    assert compare(name, name).score == 1.0
    assert compare(name, "Kim").score < REVIEW


HEARD = ["Viktor Strovik", "Рамзан", "نێچیرڤان", "אביגיל", "노무현", "アベ", "Ŭladzimir"]
HEARD += ["ნიკა", "Նիկոլ", "Αλέξης", "Min Aung Hlaing (မင်း)"]
UNHEARD = ["မင်းအောင်လှိုင်", "Gen. မင်းအောင်လှိုင်", "李家超", "ทักษิณ ชินวัตร", "ཏཱ་ལའི", "12 34", ""]


@pytest.mark.parametrize("name", HEARD)
def test_name_in_letters_that_are_heard_tells_by_its_silence(name: str) -> None:
    assert is_heard(name)


@pytest.mark.parametrize("name", UNHEARD)
def test_name_in_other_letters_tells_nothing_by_its_silence(name: str) -> None:
    assert not is_heard(name)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Ким Чен Ын", "Ким Чен Ир"), ("Ли Мен Бак", "Ли Мён Бак"), ("Ан Юн", "Юн Анна")],
)
def test_two_names_in_cyrillic_that_may_be_asian_are_compared(left: str, right: str) -> None:
    assert compare(left, right).score == compare(right, left).score
    assert compare(left, left).score == 1.0
