"""How much of a mineral a serving holds, as its label says it: the element, or a compound of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui.minerals.typed_amount import AmountTextError, parse_number
from sleepcalm.gui.minerals.wording import mineral_name, number_text, precise_text
from sleepcalm.gui.widgets.choices import DropDown, Segments
from sleepcalm.gui.widgets.labels import caption, heading, labelled, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.text_field import TextField
from sleepcalm.minerals.compounds import Compound
from sleepcalm.minerals.intake import Mineral, MineralContent

UNKNOWN, ELEMENT, COMPOUND = "unknown", "element", "compound"


class ContentEditor(QWidget):
    """One mineral of an item. Not stated, zero and a figure are three answers."""

    changed = Signal()

    def __init__(self, mineral: Mineral, compounds: Mapping[str, Compound]) -> None:
        super().__init__()
        self._mineral = mineral
        self._compounds = {id_: one for id_, one in compounds.items() if one.mineral is mineral}
        name = mineral_name(mineral)
        kinds = {
            UNKNOWN: self.tr("Not stated"),
            ELEMENT: self.tr("{mineral} itself").format(mineral=name),
            COMPOUND: self.tr("A compound"),
        }
        self.kind = Segments(kinds, self.tr("{mineral}: the label gives").format(mineral=name))
        self.compound = DropDown()
        for one in self._compounds.values():
            self.compound.addItem(one.name, one.id)
        self.mass = TextField(width_lines=6)
        self.result = wrapped()
        self._compound_box, self._mass_box = QWidget(), QWidget()
        self._mass_title = caption()
        self._lay_out(name)
        self.kind.chosen.connect(lambda _value: self._tell())
        self.compound.currentIndexChanged.connect(lambda _index: self._tell())
        self.mass.textChanged.connect(lambda _text: self._tell())
        self.show_content(None)

    def show_content(self, content: MineralContent | None) -> None:
        """Show what is kept. A compound that is not in the list any more is shown as its element."""
        known = content is not None and content.compound in self._compounds
        if content is None:
            kind, mass_mg = UNKNOWN, None
        else:
            kind, mass_mg = (COMPOUND, content.compound_mg) if known else (ELEMENT, content.elemental_mg)
        self.kind.set_value(kind)
        if content is not None and known:
            self.compound.setCurrentIndex(self.compound.findData(content.compound))
        self.mass.setText("" if mass_mg is None else precise_text(mass_mg))
        self._tell()

    def content(self) -> MineralContent | None:
        """What the fields say, None for not stated. Raises AmountTextError."""
        if self.kind.value == UNKNOWN:
            return None
        try:
            mass_mg = _number_from_zero(self.mass.text())
        except AmountTextError as error:
            raise AmountTextError(f"{mineral_name(self._mineral)}: {error}") from None
        if self.kind.value == ELEMENT:
            return MineralContent(mass_mg)
        return self._compounds[self.compound.currentData()].content(mass_mg)

    def _tell(self) -> None:
        kind = self.kind.value
        self._mass_box.setVisible(kind != UNKNOWN)
        self._compound_box.setVisible(kind == COMPOUND)
        of_compound = kind == COMPOUND
        title = self.tr("mg of the compound in a serving") if of_compound else self.tr("mg in a serving")
        self._mass_title.setText(title)
        self.mass.setAccessibleName(f"{mineral_name(self._mineral)}, {title}")
        self.result.setText(self._result_words())
        self.result.setVisible(bool(self.result.text()))
        self.changed.emit()

    def _result_words(self) -> str:
        if self.kind.value != COMPOUND:
            return ""
        compound = self._compounds[self.compound.currentData()]
        share = self.tr("{share} % of it is {mineral}").format(
            share=number_text(compound.share_pct), mineral=mineral_name(self._mineral).lower()
        )
        try:
            elemental_mg = compound.content(_number_from_zero(self.mass.text())).elemental_mg
        except AmountTextError:
            return f"{share}. {compound.note}".strip()
        return f"{share}: {number_text(elemental_mg)} mg. {compound.note}".strip()

    def _lay_out(self, name: str) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.35))
        head = QHBoxLayout()
        head.setSpacing(round(line * 0.5))
        head.addWidget(heading(name))
        head.addWidget(caption(self.tr("the label gives")), 1)
        column.addLayout(head)
        column.addWidget(self.kind)
        compound = QVBoxLayout(self._compound_box)
        compound.setContentsMargins(0, 0, 0, 0)
        labelled(compound, self.tr("Compound"), self.compound, self.tr("{name} compound").format(name=name))
        mass = QVBoxLayout(self._mass_box)
        mass.setContentsMargins(0, 0, 0, 0)
        mass.setSpacing(round(line * 0.2))
        self._mass_title.setBuddy(self.mass)
        mass.addWidget(self._mass_title)
        row = QHBoxLayout()
        row.addWidget(self.mass)
        row.addStretch(1)
        mass.addLayout(row)
        column.addWidget(self._compound_box)
        column.addWidget(self._mass_box)
        column.addWidget(self.result)


def _number_from_zero(text: str) -> float:
    """Zero is an answer here, unlike an amount of nothing."""
    return 0.0 if text.strip().strip("0") in {".", ",", ""} and "0" in text else parse_number(text)
