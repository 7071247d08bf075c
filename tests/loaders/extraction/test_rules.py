"""Every rule reads its own examples; docs/rules.md says how they are written."""

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from biopact.loaders.extraction import statements
from biopact.loaders.extraction.patterns import MACROS, compile_pattern
from biopact.loaders.extraction.statements import Rule, rules
from biopact.ontology import load_schema
from tests.loaders.extraction.telling import Ends, tell

# Who and what the examples speak of; "we" is Corvane.
PREAMBLE = (
    'This report names Alnora, Inc. ("Alnora"), Brevin, Inc. ("Brevin"), the compounds ALN-12 and ALN-14, '
    "and the proprietary Lattice technology."
)
ALL = [(rule, example) for rule in rules() for example in rule.examples]
NAMES = {"Corvane, Inc.": "Corvane", "Alnora, Inc.": "Alnora", "Brevin, Inc.": "Brevin"}
SLOTS = {"source", "source2", "target", "target2", "from", "from2", "thing", "things", "things2"}
PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
A, B, X = "\ue000", "\ue001", "\ue400"  # how a masked sentence writes two companies and a compound


def stated(rule: Rule, sentence: str) -> set[Ends]:
    """The ends of what a rule states in a sentence; the speaker is Corvane."""
    told = tell(f"{PREAMBLE}\n\n{sentence}", filer="Corvane, Inc.")
    return {(NAMES.get(a, a), NAMES.get(b, b)) for a, b in told.ends(rule.edge, rule.name)}


def expected(ends: str) -> set[Ends]:
    """``A; B > C`` as pairs."""
    sources, targets = (side.strip().split("; ") for side in ends.split(">"))
    return {(source, target) for source in sources for target in targets if source != target}


@pytest.mark.parametrize(("rule", "example"), ALL, ids=[f"{r.name}: {e[:40]}" for r, e in ALL])
def test_a_rule_reads_its_example(rule: Rule, example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence, _, ends = example.rpartition(" | ")
    monkeypatch.setattr(statements, "rules", lambda: (rule,))  # no other rule may lend it a hand
    assert stated(rule, sentence) == expected(ends)


def documented() -> Rule:
    """The rule that docs/rules.md shows."""
    (entry,) = yaml.safe_load(PAGE.partition("```yaml\n")[2].partition("```")[0])
    return Rule(entry["rule"], entry["edge"], compile_pattern(entry["pattern"]), tuple(entry["examples"]))


@pytest.mark.parametrize("example", documented().examples)
def test_the_documented_rule_reads_its_examples(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_rule_reads_its_example(documented(), example, monkeypatch)


@pytest.mark.parametrize("key", [f.name for f in fields(Rule)])
def test_every_key_of_a_rule_is_documented(key: str) -> None:
    assert f"| `{'rule' if key == 'name' else key}` |" in PAGE


def test_every_macro_is_documented() -> None:
    assert [name for name in MACROS if f"<{name}>" not in PAGE] == []


def test_every_rule_has_an_example() -> None:
    assert [rule.name for rule in rules() if not rule.examples] == []


def test_every_rule_has_a_name_of_its_own() -> None:
    names = Counter(rule.name for rule in rules())
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z-]+/[a-z-]+", name)] == []


def test_rules_state_edges_of_the_ontology() -> None:
    assert {rule.edge for rule in rules()} <= set(load_schema().edges)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_names_known_slots_and_at_least_one_end(rule: Rule) -> None:
    slots = set(rule.pattern.groupindex)
    assert slots <= SLOTS
    assert slots & {"source", "target"}


@pytest.mark.parametrize("sentence", [f"{A} granted {B} a license", f"{A} has also granted {B} a sublicense"])
def test_a_pattern_has_slots_and_macros(sentence: str) -> None:
    match = compile_pattern("{source:org} <aux><grants> {target:org} an? <license>").search(sentence)
    assert match is not None
    assert (match["source"], match["target"]) == (A, B)


def test_a_slot_holds_a_list() -> None:
    pattern = compile_pattern("^{source:org} own {target:drug}$")
    match = pattern.search(f"{A}, {B} and the {A} own {X}")
    assert match is not None
    assert [c for c in match["source"] if c in (A, B)] == [A, B, A]


def test_a_space_is_any_white_space() -> None:
    assert compile_pattern("up front").search("up\nfront")


@pytest.mark.parametrize("pattern", ["{source:molecule}", "<nothing> {source:org}"])
def test_unknown_slot_kinds_and_macros_are_refused(pattern: str) -> None:
    assert "nothing" not in MACROS
    with pytest.raises(KeyError):
        compile_pattern(pattern)
