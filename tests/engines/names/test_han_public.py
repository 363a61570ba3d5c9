"""Writers, scholars and scientists of the past whom encyclopaedias name in both scripts.

Few labelled pairs of Han names are at hand, so this set was made from public facts: forty people of
letters and science, each in simplified characters and as libraries spell them, in pinyin or in
Wade-Giles. Each is a positive; each with everybody else is a negative. Its figure is advice, not
proof: unverified, and made by whoever made the engine.
"""

from __future__ import annotations

from undaunted.engines.names import LabelledPair, evaluate

__all__: list[str] = []

PEOPLE = """
老舍=Lao She
巴金=Ba Jin
鲁迅=Lu Xun
沈从文=Shen Congwen
钱钟书=Ch'ien Chung-shu
张爱玲=Zhang Ailing
林语堂=Lin Yutang
胡适=Hu Shih
蔡元培=Ts'ai Yuan-p'ei
梁启超=Liang Ch'i-ch'ao
陈寅恪=Chen Yinke
王国维=Wang Guowei
闻一多=Wen Yiduo
徐志摩=Xu Zhimo
朱自清=Zhu Ziqing
冰心=Bing Xin
茅盾=Mao Dun
郭沫若=Guo Moruo
曹禺=Cao Yu
萧红=Xiao Hong
丁玲=Ding Ling
艾青=Ai Qing
季羡林=Ji Xianlin
冯友兰=Feng Youlan
费孝通=Fei Xiaotong
梁思成=Liang Sicheng
林徽因=Lin Huiyin
齐白石=Qi Baishi
徐悲鸿=Xu Beihong
张大千=Chang Dai-chien
钱学森=Qian Xuesen
华罗庚=Hua Luogeng
陈景润=Chen Jingrun
竺可桢=Zhu Kezhen
李四光=Li Siguang
袁隆平=Yuan Longping
侯德榜=Hou Debang
茅以升=Mao Yisheng
严复=Yen Fu
顾颉刚=Gu Jiegang
"""


def test_people_of_letters_are_told_apart() -> None:
    people = [line.split("=") for line in filter(None, PEOPLE.splitlines())]
    pairs = [
        LabelledPair(han, latin, same=han == whose, script="han")
        for han, _ in people
        for whose, latin in people
    ]
    found = evaluate(pairs).overall
    assert found.positives == 40
    assert found.auc is not None
    assert found.auc >= 0.97
    assert found.recall >= 0.9
    assert found.precision is not None
    assert found.precision >= 0.95
