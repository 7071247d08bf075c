"""Names that the ontology does not know, and what only looks like one."""

import pytest

from biopact.graph.cypher_names import unknown_names
from biopact.queries import catalogue


@pytest.mark.parametrize("name", catalogue())
def test_questions_name_nothing_unknown(name: str) -> None:
    assert unknown_names(catalogue()[name].cypher) == []


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Company&!Person)-[:OWNS|DEVELOPS*1..2]->(:`Compound`) WHERE n:Company RETURN n.name, n.`ticker`",
        "WITH {total: 1} AS m RETURN m.total AS x, {other: 2, y: 'a:Foo.bar'} AS z // n.nothing",
        "MATCH (n {name: $given.name}) RETURN n {.name, .aliases}, $p.q.r AS x, date('2020-01-01').year AS y",
        "MATCH (n) RETURN [x IN n.aliases WHERE x:Company | x] AS l, [(n)-->(m:Company) | m.id] AS k",
        "MATCH (n) RETURN collect(CASE WHEN n.id > 'a' THEN {odd: n.id} ELSE {odd: '', even: 1} END) AS z",
        "RETURN date.truncate('month', date()) AS x, CASE WHEN true THEN 1 END AS y",
    ],
)
def test_what_is_known_or_is_no_name_of_the_graph(statement: str) -> None:
    assert unknown_names(statement) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (n:Compny) RETURN n", ["no type Compny; did you mean Company?"]),
        (
            "MATCH (n:Company|Persn&!`Agrement`) RETURN n",
            ["no type Persn; did you mean Person?", "no type Agrement; did you mean Agreement?"],
        ),
        (
            "MATCH (n) WHERE n:Compound AND n.modalty = 1 RETURN n.modalty",
            ["no property modalty; did you mean modality?"],
        ),
        (
            "MATCH ()-[e:OWNS {shaer: 1}]->() RETURN e.zzzzzz",
            ["no property shaer; did you mean share?", "no property zzzzzz; `biopact schema` lists what there is"],
        ),
    ],
)
def test_what_is_unknown_is_named_once(statement: str, said: list[str]) -> None:
    assert unknown_names(statement) == said
