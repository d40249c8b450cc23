"""An invented draft of 200 clauses in English and Arabic, and one made of it by changes that are known clause by clause.

The text repeats itself as such texts do: half of all sentences begin alike, some paragraphs stand word for word in several
articles, and new clauses are written in the words of those that were cut.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LANGUAGES = ("en", "ar")

# Each entry in English and in Arabic.
SUBJECTS = [
    ("States shall", "على الدول أن"),
    ("States, individually and jointly, shall", "على الدول، فرادى ومجتمعة، أن"),
    ("Every person has the right to see that States", "لكل شخص الحق في أن يرى الدول"),
    ("Peoples and individuals may ask that States", "للشعوب والأفراد أن يطلبوا من الدول أن"),
    ("International organizations shall, within their mandates,", "على المنظمات الدولية، في حدود ولاياتها، أن"),
    ("Each State shall, to the best of its means,", "على كل دولة، بأقصى ما لديها من وسائل، أن"),
    ("The secretariat shall", "على الأمانة أن"),
    ("Civil society is invited to", "يُدعى المجتمع المدني إلى أن"),
]
VERBS = [
    ("protect", "تحمي"), ("promote", "تعزز"), ("respect", "تحترم"), ("fund", "تمول"), ("report on", "تبلغ عن"),
    ("review", "تستعرض"), ("publish", "تنشر"), ("share", "تتقاسم"), ("strengthen", "تقوي"), ("extend", "توسع"),
    ("open", "تفتح"), ("monitor", "ترصد"), ("register", "تسجل"), ("restore", "تستعيد"), ("teach", "تعلّم"),
    ("prepare", "تعد"), ("defend", "تدافع عن"), ("measure", "تقيس"), ("support", "تدعم"), ("coordinate", "تنسق"),
]  # fmt: skip
OBJECTS = [
    ("access to clean water", "الوصول إلى المياه النظيفة"), ("fair prices for crops", "الأسعار العادلة للمحاصيل"),
    ("the transfer of technology", "نقل التكنولوجيا"), ("schools in remote valleys", "المدارس في الوديان النائية"),
    ("relief after floods", "الإغاثة بعد الفيضانات"), ("the rescue of persons at sea", "إنقاذ الأشخاص في البحر"),
    ("medicines against epidemics", "الأدوية المضادة للأوبئة"), ("the memory of languages", "ذاكرة اللغات"),
    ("common forests", "الغابات المشتركة"), ("seed banks", "مصارف البذور"), ("migrant workers", "العمال المهاجرين"),
    ("the voice of young people", "صوت الشباب"), ("public archives", "المحفوظات العامة"),
    ("the burden of debt", "عبء الديون"), ("early warning of storms", "الإنذار المبكر بالعواصف"),
    ("decent housing", "السكن اللائق"), ("fishing grounds", "مناطق الصيد"), ("open science", "العلم المفتوح"),
    ("women's cooperatives", "تعاونيات النساء"), ("elder care", "رعاية المسنين"), ("rural roads", "الطرق الريفية"),
    ("vaccination", "التلقيح"), ("peaceful assembly", "التجمع السلمي"), ("fair trials", "المحاكمات العادلة"),
    ("solar energy", "الطاقة الشمسية"), ("river basins", "أحواض الأنهار"), ("libraries", "المكتبات"),
    ("small islands", "الجزر الصغيرة"), ("food reserves", "احتياطيات الغذاء"), ("the night sky", "سماء الليل"),
]  # fmt: skip
QUALIFIERS = [
    ("in good faith", "بحسن نية"), ("without discrimination of any kind", "دون تمييز من أي نوع"),
    ("in particular for children", "ولا سيما للأطفال"), ("before the end of each year", "قبل نهاية كل سنة"),
    ("with the free consent of those concerned", "بموافقة المعنيين الحرة"),
    ("at the regional and international levels", "على الصعيدين الإقليمي والدولي"),
    ("as far as their resources allow", "بقدر ما تسمح به مواردها"), ("in times of drought", "في أوقات الجفاف"),
    ("through independent bodies", "من خلال هيئات مستقلة"), ("in every official language", "بكل لغة رسمية"),
    ("with due regard for custom", "مع مراعاة العرف"), ("in cooperation with neighbours", "بالتعاون مع الجيران"),
    ("free of charge", "مجانا"), ("under public control", "تحت رقابة عامة"), ("on equal terms", "على قدم المساواة"),
    ("from the earliest age", "منذ سن مبكرة"), ("for at least ten years", "لعشر سنوات على الأقل"),
    ("wherever crises last", "حيثما طالت الأزمات"), ("by peaceful means", "بالوسائل السلمية"),
    ("in times of armed conflict", "في أوقات النزاع المسلح"),
]  # fmt: skip
FILLERS = [
    ("promptly", "سريعا"), ("fully", "تماما"), ("effectively", "بفعالية"), ("also", "أيضا"), ("jointly", "معا"),
    ("gradually", "تدريجيا"), ("transparently", "بشفافية"), ("annually", "سنويا"), ("lasting", "دائم"), ("new", "جديد"),
    ("wider", "أوسع"), ("national", "وطني"), ("where needed", "عند الحاجة"), ("as agreed", "كما اتفق"),
]  # fmt: skip
REPEATED = [
    ("Nothing in this article limits the obligations of States under other instruments.",
     "ليس في هذه المادة ما يحد من التزامات الدول بموجب صكوك أخرى."),
    ("This article applies without distinction of any kind.", "تنطبق هذه المادة دون تمييز من أي نوع."),
    ("States report on this every four years.", "تقدم الدول تقارير عن ذلك كل أربع سنوات."),
]  # fmt: skip

Text = dict[str, list[str]]
"""Words by language."""


@dataclass
class Node:
    """A clause of either draft. `origins` are the older clauses it comes from, `changes` what was done to it."""

    kind: str
    heading: Text
    text: Text
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    origins: list["Node"] = field(default_factory=list)
    changes: set[str] = field(default_factory=set)
    label: str = ""
    eid: str = ""

    def place(self) -> tuple[list["Node"], int]:
        """The clauses beside it, and its place among them."""
        if self.parent is None:
            raise ValueError("The top of a draft stands beside nothing.")
        return self.parent.children, self.parent.children.index(self)


def walk(node: Node) -> Iterator[Node]:
    """Everything below a node as it is read."""
    for child in node.children:
        yield child
        yield from walk(child)


class Maker:
    """Makes drafts and changes them, all from one seed."""

    def __init__(self, seed: int, clauses: int = 200) -> None:
        self.rng = random.Random(seed)
        self.clauses = clauses
        # Drafts differ in how much is done to them, and how roughly.
        self.share = self.rng.uniform(0.25, 0.65)
        self.roughness = self.rng.uniform(0.6, 1.4)

    # A draft

    def draft(self) -> Node:
        """A draft as a root without words."""
        root = Node("root", {}, {})
        preamble = self.add(root, "preamble", heading=self.both(("Preamble", "الديباجة")))
        for _ in range(self.clauses // 10):
            self.add(preamble, "preambular_paragraph", text=self.sentence())
        count = len(list(walk(root)))
        while count < self.clauses:
            part = self.add(root, "part", heading=self.title())
            for _ in range(self.rng.randint(3, 6)):
                article = self.add(part, "article", heading=self.title())
                for _ in range(self.rng.randint(2, 5)):
                    if self.rng.random() < 0.08:
                        self.add(article, "paragraph", text=self.both(self.rng.choice(REPEATED)))
                        continue
                    paragraph = self.add(article, "paragraph", text=self.sentences())
                    if self.rng.random() < 0.12:
                        for _ in range(self.rng.randint(2, 4)):
                            self.add(paragraph, "subparagraph", text=self.phrase())
            count = len(list(walk(root)))
        number(root)
        return root

    def add(self, parent: Node, kind: str, heading: Text | None = None, text: Text | None = None) -> Node:
        """Add a clause below another."""
        node = Node(kind, heading or {}, text or {}, parent)
        parent.children.append(node)
        return node

    def both(self, pair: tuple[str, str]) -> Text:
        """Words in both languages."""
        return {language: words.split() for language, words in zip(LANGUAGES, pair, strict=True)}

    def joined(self, *pairs: tuple[str, str], end: str = "") -> Text:
        """Phrases one behind the other, in both languages."""
        return self.both(tuple(" ".join(each) + end for each in zip(*pairs, strict=True)))  # type: ignore[arg-type]

    def pick(self, *pools: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """One entry of each pool."""
        return [self.rng.choice(pool) for pool in pools]

    def title(self) -> Text:
        """A heading of two to six words."""
        return self.joined(*self.pick(OBJECTS, *([QUALIFIERS] if self.rng.random() < 0.4 else [])))

    def phrase(self) -> Text:
        """Something short, as lists have."""
        return self.joined(*self.pick(VERBS, OBJECTS, QUALIFIERS), end=";")

    def sentence(self) -> Text:
        """One sentence of about 15 to 30 words."""
        pools = [SUBJECTS, VERBS, OBJECTS, QUALIFIERS, VERBS, OBJECTS][: self.rng.choice([4, 6])]
        return self.joined(*self.pick(*pools, QUALIFIERS), end=".")

    def sentences(self) -> Text:
        """One to four sentences."""
        return together(*(self.sentence() for _ in range(self.rng.choice([1, 2, 2, 3, 4]))))

    # Another one made of it

    def change(self, old: Node) -> Node:
        """Return the next draft: a copy in which known things were done to some clauses."""
        new = self.copy(old, None)
        leaves = [node for node in walk(new) if not node.children and node.kind != "preamble"]
        self.rng.shuffle(leaves)
        acts: list[Callable[[Node], None]] = [
            self.amend, self.amend, self.amend, self.split, self.split, self.merge, self.merge, self.move, self.cut,
            self.replace, self.insert, self.move_and_amend, self.split_and_amend, self.merge_and_amend, self.copy_near,
        ]  # fmt: skip
        budget = int(len(leaves) * self.share)
        for turn in range(budget):
            node = leaves[turn]
            if not node.changes and node.parent is not None and node in node.parent.children:
                acts[turn % len(acts)](node)
        articles = [node for node in walk(new) if node.kind == "article"]
        for article in self.rng.sample(articles, min(len(articles), self.rng.randint(1, 3))):
            self.carry_article(article, [each for each in articles if each.parent is not article.parent])
        if self.rng.random() < 0.7:
            self.insert_article(self.rng.choice(articles))
        number(new)
        return new

    def copy(self, old: Node, parent: Node | None) -> Node:
        """A copy of a clause and all below it, each coming from what it is a copy of."""
        node = Node(
            old.kind, {k: list(v) for k, v in old.heading.items()}, {k: list(v) for k, v in old.text.items()}, parent
        )
        node.origins = [old]
        node.children = [self.copy(child, node) for child in old.children]
        return node

    def reworded(self, text: Text, share: float) -> Text:
        """The same text with a share of its words replaced, cut or added, in the same places in each language."""
        pools = (FILLERS, VERBS, OBJECTS, QUALIFIERS)
        spots = sorted(self.rng.random() for _ in range(max(1, round(share * len(text["en"]) / 2))))
        kinds = [self.rng.choice(["replace", "replace", "delete", "insert"]) for _ in spots]
        chosen = [self.rng.choice(self.rng.choice(pools)) for _ in spots]
        changed = {}
        for side, language in enumerate(LANGUAGES):
            words = list(text[language])
            for spot, kind, phrase in reversed(list(zip(spots, kinds, chosen, strict=True))):
                at = int(spot * len(words))
                put = phrase[side].split() if kind != "delete" else []
                width = 0 if kind == "insert" else min(len(put) or 2, max(0, len(words) - 3))
                words[at : at + width] = put
            changed[language] = words
        return changed

    def amend(self, node: Node) -> None:
        """Change a tenth to a half of the words."""
        node.text = self.reworded(node.text, self.rng.choice([0.08, 0.15, 0.25, 0.4]) * self.roughness)
        node.changes.add("amended")

    def move(self, node: Node) -> None:
        """Carry to another parent of the same kind, or elsewhere below the same one."""
        if node.parent is None:
            return
        root = node
        while root.parent is not None:
            root = root.parent
        homes = [
            each for each in walk(root) if each.kind == node.parent.kind and each is not node.parent and each.children
        ]
        home = self.rng.choice(homes) if homes else node.parent
        node.parent.children.remove(node)
        node.parent = home
        home.children.insert(self.rng.randint(0, len(home.children)), node)
        node.changes.add("moved")

    def cut(self, node: Node) -> None:
        """Take out, unless nothing would be left beside it."""
        siblings, _at = node.place()
        if len(siblings) > 1:
            siblings.remove(node)
            node.parent = None

    def replace(self, node: Node) -> None:
        """Take out, and put a new clause in its place that has nothing to do with it."""
        siblings, at = node.place()
        fresh = Node(node.kind, {}, self.sentences(), node.parent)
        fresh.changes.add("new")
        siblings[at] = fresh
        node.parent = None

    def insert(self, node: Node) -> None:
        """Put a new clause behind one."""
        siblings, at = node.place()
        fresh = Node(node.kind, {}, self.sentences(), node.parent)
        fresh.changes.add("new")
        siblings.insert(at + 1, fresh)

    def copy_near(self, node: Node) -> None:
        """Put a new clause elsewhere that is written in many of the words of one that stays."""
        fresh = Node(node.kind, {}, self.reworded(together(node.text, self.sentence()), 0.8), node.parent)
        fresh.changes.add("new")
        siblings, at = node.place()
        siblings.insert(min(len(siblings), at + self.rng.randint(1, 3)), fresh)
        node.changes.add("same")

    def split(self, node: Node) -> None:
        """Make two clauses of one, or three, side by side or below it."""
        words = node.text["en"]
        if len(words) < 16:
            self.amend(node)
            return
        pieces = 3 if len(words) > 45 and self.rng.random() < 0.4 else 2
        cuts = [0.0, self.rng.uniform(0.25, 0.75), 1.0] if pieces == 2 else [0.0, 0.34, 0.67, 1.0]
        parts = [
            {language: text[int(a * len(text)) : int(b * len(text))] for language, text in node.text.items()}
            for a, b in itertools.pairwise(cuts)
        ]
        below = node.kind == "paragraph" and self.rng.random() < 0.25
        siblings, at = node.place()
        node.text = parts[0]
        node.changes.add("split")
        for offset, part in enumerate(parts[1:], start=1):
            piece = Node("subparagraph" if below else node.kind, {}, part, node if below else node.parent)
            piece.origins, piece.changes = list(node.origins), {"split"}
            if below:
                node.children.append(piece)
            else:
                siblings.insert(at + offset, piece)

    def merge(self, node: Node) -> None:
        """Make one clause of one and the next, if that one was left alone so far."""
        siblings, at = node.place()
        other = siblings[at + 1] if at + 1 < len(siblings) else siblings[at - 1] if at else None
        if other is None or other is node or other.changes or other.children or other.kind != node.kind:
            self.amend(node)
            return
        first, second = sorted((node, other), key=siblings.index)
        first.text = together(first.text, second.text)
        first.origins = [*first.origins, *second.origins]
        first.changes.add("merged")
        siblings.remove(second)
        second.changes.add("merged")
        second.parent = None

    def move_and_amend(self, node: Node) -> None:
        """Both."""
        node.text = self.reworded(node.text, self.rng.choice([0.1, 0.2, 0.3]) * self.roughness)
        self.move(node)
        node.changes.add("amended")

    def split_and_amend(self, node: Node) -> None:
        """Both."""
        self.split(node)
        root = node.parent
        for each in walk(root):  # type: ignore[arg-type]
            if each.origins == node.origins and "split" in each.changes:
                each.text = self.reworded(each.text, self.rng.choice([0.1, 0.2]) * self.roughness)
                each.changes.add("amended")

    def merge_and_amend(self, node: Node) -> None:
        """Both."""
        siblings, at = node.place()
        beside = [siblings[at - 1] if at else None, node]
        self.merge(node)
        for each in beside:
            if each is not None and each.parent is not None and "merged" in each.changes:
                each.text = self.reworded(each.text, self.rng.choice([0.1, 0.2]) * self.roughness)
                each.changes.add("amended")

    def carry_article(self, article: Node, others: list[Node]) -> None:
        """Carry an article with all below it into another part."""
        if not others or article.parent is None:
            return
        target = self.rng.choice(others)
        if target.parent is None or len(article.parent.children) < 2:
            return
        article.parent.children.remove(article)
        siblings, at = target.place()
        siblings.insert(at, article)
        article.parent = target.parent
        article.changes.add("moved")

    def insert_article(self, article: Node) -> None:
        """Put a new article before one, so that all that follow are numbered anew."""
        siblings, at = article.place()
        fresh = Node("article", self.title(), {}, article.parent)
        fresh.changes.add("new")
        siblings.insert(at, fresh)
        for _ in range(2):
            self.add(fresh, "paragraph", text=self.sentences()).changes.add("new")


def together(*texts: Text) -> Text:
    """Texts one behind the other."""
    return {language: [word for text in texts for word in text[language]] for language in LANGUAGES}


def number(root: Node) -> None:
    """Number all clauses as they stand: articles and recitals through the text, what is in them anew."""
    counts = {"part": 0, "article": 0, "preambular_paragraph": 0}
    for node in walk(root):
        if node.kind in counts:
            counts[node.kind] += 1
            place = counts[node.kind]
            node.label = str(place)
            node.eid = {"part": "part", "article": "art", "preambular_paragraph": "rec"}[node.kind] + f"_{place}"
        elif node.kind == "preamble":
            node.eid = "preamble"
        else:
            siblings, _at = node.place()
            place = [each for each in siblings if each.kind == node.kind].index(node) + 1
            node.label = chr(ord("a") + place - 1) if node.kind == "subparagraph" else str(place)
            reference = "subpara" if node.kind == "subparagraph" else "para"
            node.eid = f"{node.parent.eid if node.parent else ''}__{reference}_{node.label}"


def fate_name(olds: list[Node], node: Node | None) -> str:
    """What happened to a clause, in one name, for counting: several things are joined by "+"."""
    if node is None:
        return "cut"
    order = ("split", "merged", "moved", "amended")
    done = [each for each in order if each in node.changes]
    if done:
        return "+".join(done)
    if not node.origins:
        return "new"
    return "renumbered" if any(old.label != node.label for old in olds) else "same"
