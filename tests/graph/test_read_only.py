"""The check of statements: reading passes, writing and reaching out never, and no store changes whatever is asked."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.graph.cypher_store import CypherStore
from biopact.graph.read_only import CHANGE, plain_values, read_only
from biopact.graph.store import Store, dump, synchronise
from biopact.ontology import StoreError
from biopact.queries import catalogue
from tests.graph.world import world

READS = [
    "RETURN 1 AS one",
    "return 1 as one;",
    "RETURN 'CREATE (n)' AS a, \"it's; DELETE\" AS b, 'a \\' quote SET' AS c",
    "MATCH (n:Company) WHERE n.set = 1 OR n.delete IS NULL RETURN n.create AS x, n.merge",
    "MATCH (n:`CREATE`) RETURN n.`a ``b`` SET` AS `DELETE`",
    "MATCH (n:Set)-[:DELETE|`INSERT`]->() RETURN n",
    "MATCH (n {set: 1, delete: 2}) RETURN {remove: 1, create: n.x} AS map",
    "RETURN $set AS a, $`CREATE (n)` AS b, $ delete AS c",
    "// CREATE (n)\nMATCH (n) /* SET n.x = 1 */ RETURN n // DELETE",
    "MATCH (a)-[e:LICENSES_TO*1..3]->(b)<--(c)--(d) RETURN *",
    "MATCH (a:Company {id: 'company/alba'})-[*1..1]->(b), p = shortestPath((a)-[:OWNS*..4]->(b)) "
    "RETURN length(p), [n IN nodes(p) | n.id] AS ids",
    "OPTIONAL MATCH (n) WITH *, n.x AS x ORDER BY x DESC, n.id ASC SKIP 1 LIMIT $limit WHERE x > -1.5e3 RETURN x",
    "UNWIND [1, 2] AS x WITH DISTINCT x RETURN count(DISTINCT x) AS n, collect(x)[0..1] AS some, count(*) AS m",
    "MATCH (n) RETURN CASE WHEN n.x IS NOT NULL THEN 1 ELSE 0 END AS a, CASE n.x WHEN 1 THEN 2 END AS b",
    "MATCH (n) WHERE NOT EXISTS { (n)-->(m) WHERE m.x } AND COUNT { MATCH (n)--() RETURN n } > 1 RETURN n.id",
    "MATCH (n) RETURN COLLECT { MATCH (n)-->(m) RETURN m.id } AS ids, [(n)-->(m) WHERE m.x | m.id] AS more",
    "MATCH (n) CALL { WITH n MATCH (n)-->(m) RETURN m LIMIT 1 } RETURN m.id",
    "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN m UNION MATCH (m) RETURN m } RETURN m.id",
    "CALL (*) { RETURN 1 AS x } RETURN x UNION ALL RETURN 2 AS x UNION ALL RETURN 3 AS x",
    "RETURN 1 AS x UNION DISTINCT RETURN 2 AS x UNION RETURN 3 AS x",
    "CALL db.labels() YIELD label AS l WHERE l STARTS WITH 'C' RETURN l",
    "CALL db.index.fulltext.queryNodes('names', $text, {limit: 3}) YIELD node, score RETURN node.id, score",
    "MATCH (n) WHERE n.name =~ '(?i).*x' AND n.name CONTAINS 'y' AND n.name ENDS WITH 'z' XOR n:Company "
    "RETURN n {.name, .*, x: 1}",
    "MATCH (n) WHERE any(x IN n.aliases WHERE toLower(x) = 'set') RETURN reduce(s = 0, x IN [1, 2] | s + x) AS sum",
    "RETURN date.truncate('month', date('2020-02-03')) AS a, duration.between(date(), date()).days AS b",
    "MATCH (n:Company&!Person|(A&B)) WHERE n.x <> 1 AND n.y <= 2 RETURN n[$key] AS x, n.x % 2 ^ 3 AS y",
    "MATCH (x) ((a)-[:R]->(b)){1,3} (y) RETURN x.id, 0x1F AS h, .5 AS half, 1.0 AS one",
    "MATCH (start)-->(end) RETURN start.id AS start, end.id AS end, start.when AS when LIMIT 3",
    "MATCH (größer:Company) RETURN größer.name AS çà".replace("ß", "ss"),
    "RETURN '\\u0041 caf\\u00e9' AS text, 'nul \x00 inside' AS nul",
]

# Ways to write, to reach beyond the graph, or to say it so that one reader sees it and another does not.
ATTACKS = [
    "CREATE (n:Company {id: 'company/x'})",
    "create(n)",
    "INSERT (n:Company {id: 'company/x'})",
    "MATCH (n:Company) INSERT (n)-[:OWNS]->(n)",
    "MERGE (n:Company {id: 'company/x'}) ON CREATE SET n.x = 1",
    "MATCH (n:Company) SET n.name = 'x'",
    "MATCH (n:Company) SET n = {}",
    "MATCH (n:Company) SET n:Person",
    "MATCH (n:Company) SET n:$('Person')",
    "MATCH (n:Company) SET n[$key] = 1",
    "MATCH (n:Company) REMOVE n.name",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH ()-[e]->() DELETE e RETURN 1 AS x",
    "MATCH (n) FOREACH (x IN [1] | SET n.name = 'x')",
    "MATCH (n) WITH n ORDER BY n.id DESC SET n.name = 'x'",
    "MATCH (n) WITH * SET n.name = 'x'",
    "MATCH (n) WITH n LIMIT 1 SET (n).name = 'x'",
    "MATCH (n) WHERE n.name IS NOT NULL SET n.name = 'x'",
    "MATCH (n) WHERE n:Company DETACH DELETE n",
    "MATCH (n) WITH n, CASE WHEN true THEN 1 END AS x DELETE n",
    "MATCH (distinct) WITH distinct SET (distinct).name = 'x'",
    "MATCH (as) WITH as SET as.name = 'x'",
    "MATCH (not) WITH not DETACH DELETE (not)",
    "MATCH (case) WITH case SET (case).name = 'x' RETURN 1 AS x",
    "MATCH (x) ((a)-->(b))+ SET x.name = 'x'",
    "MATCH (x) ((a)-->(b)){1,2} DETACH DELETE x",
    "WITH 1.SET n.name = 1",
    "WITH 1SET n.name = 1",
    "MATCH (n) RETURN n.id UNION CREATE (m:Company) RETURN m.id",
    "MATCH (n) RETURN n.id UNION ALL MERGE (m:Company) RETURN m.id",
    "MATCH (n) RETURN n.id NEXT CREATE (m:Company) RETURN m.id",
    "MATCH (n) RETURN n.id; CREATE (m:Company)",
    ";CREATE (m:Company)",
    "{ CREATE (m:Company) }",
    "WHEN true THEN { CREATE (m:Company) }",
    "CALL { CREATE (n:Company) RETURN n } RETURN n.id",
    "MATCH (n:Company) CALL (n) { SET n.name = 'x' } RETURN count(*) AS n",
    "MATCH (n:Company) CALL { WITH n SET n.name = 'x' } IN TRANSACTIONS RETURN count(*) AS n",
    "CALL { MATCH (n) RETURN n } IN 2 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN n",
    "MATCH (n) RETURN EXISTS { CREATE (m) } AS x",
    "MATCH (n) RETURN COLLECT { CREATE (m) RETURN m } AS x",
    "PROFILE CREATE (n:Company)",
    "EXPLAIN MATCH (n) DETACH DELETE n",
    "CYPHER 25 CREATE (n:Company)",
    "CYPHER runtime=slotted MATCH (n) DETACH DELETE n",
    "USING PERIODIC COMMIT LOAD CSV FROM 'file:///etc/hostname' AS line CREATE (n {x: line[0]})",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "load/* */csv WITH HEADERS FROM 'http://127.0.0.1:9/x' AS line RETURN line",
    "MATCH (n) LOAD CSV FROM 'http://127.0.0.1:9/' + n.name AS line RETURN line",
    "// only reading\nCREATE (n:Company)",
    "// only reading\rCREATE (n:Company)",
    "/* MATCH (n) RETURN n */ CREATE (n:Company)",
    "/* /* */ CREATE (n:Company) /* */",
    "MATCH (n)/**/SET/**/n.name='x'",
    "MATCH (n) // \\u000a SET n.name = 'x'\nDELETE n",
    "\\u0043REATE (n:Company)",
    "MATCH (n) \\u0053ET n.name = 'x'",
    "\\u004cOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "RETURN '\\u0027 CREATE (n:Company) //'",
    "RETURN '\\u005c' AS a, ' CREATE (n:Company) //'",
    "RETURN '\\\\u0027 CREATE (n:Company) //'",
    "MATCH (n) RETURN n.`\\u0060 CREATE (m:Company) //`",
    'RETURN "\\U00000022 CREATE (n:Company) //"',
    "ＣＲＥＡＴＥ (n:Company)",
    "MATCH (n) \u017fET n.name = 'x'",
    "MATCH (n) \u017fet n.name = 'x'",
    "CRE\u200bATE (n:Company)",
    "MATCH (n)\u2003SET n.name = 'x'",
    "MATCH (n)\x0bSET n.name = 'x'",
    "MATCH (n)\u2028SET n.name = 'x'",
    "\ufeffCREATE (n:Company)",
    "MATCH (n) RETURN n.id\x00 CREATE (m:Company)",
    "CREATE INDEX some FOR (n:Company) ON (n.name)",
    "CREATE CONSTRAINT some FOR (n:Company) REQUIRE n.name IS UNIQUE",
    "CREATE FULLTEXT INDEX some FOR (n:Company) ON EACH [n.name]",
    "DROP CONSTRAINT company_id",
    "DROP INDEX company_cik",
    "CREATE USER mallory SET PASSWORD 'longenough1'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "CREATE DATABASE other",
    "DROP DATABASE neo4j",
    "START DATABASE neo4j",
    "STOP DATABASE neo4j",
    "GRANT ROLE admin TO mallory",
    "DENY READ {*} ON GRAPH * TO PUBLIC",
    "SHOW TRANSACTIONS",
    "SHOW SETTINGS YIELD name, value",
    "SHOW USERS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system SHOW USERS",
    "USE neo4j MATCH (n) DETACH DELETE n",
    "CALL db.createLabel('Other')",
    "CALL db.clearQueryCaches()",
    "CALL `dbms`.killConnection('bolt-1')",
    "CALL dbms.setConfigValue('db.logs.query.enabled', 'off')",
    "CALL dbms . listConfig()",
    "CALL $procedure()",
    "CALL `apoc.create.node`(['Company'], {}) YIELD node RETURN node",
    "CALL apoc.create.node(['Company'], {}) YIELD node RETURN node",
    "CALL apoc.cypher.doIt($cypher, {}) YIELD value RETURN value",
    "CALL apoc.load.json('http://127.0.0.1:9/') YIELD value RETURN value",
    "MATCH (n) OPTIONAL CALL apoc.refactor.rename.label('Company', 'Other') YIELD total RETURN total",
    "RETURN apoc.cypher.runFirstColumnSingle('CREATE (n:Company) RETURN n', {}) AS n",
    "RETURN {a: `apoc`.cypher . runFirstColumnMany($cypher, {})} AS n",
    "MATCH (n) RETURN [x IN genai.vector.encode(n.name, 'OpenAI', {}) | x] AS v",
    "MATCH (n) WITH n AS SET SET SET.name = 'x'",
    "MATCH (n) RETURN {a: 1} SET n.name = 'x'",
    "MATCH (n {id: 'company/alba'}) SET n += {name: 'x'}",
    "MATCH (n) WHERE n.id = $id SET n.name = $name",
    "MATCH (n) RETURN n[0] SET n.name = 'x'",
    "GRAPH CREATE (n)",
]
WRITES = [
    a
    for a in ATTACKS
    if a.startswith(("CREATE (", "INSERT", "MERGE", "MATCH", "CALL {", "\\u0043", "//", "/*", "PROFILE"))
]
# Texts that a store holds are of use to name; to any other statement they are values, whatever they say.
PARAMETERS = {
    "cypher": "CREATE (n:Company {id: 'company/x'}) RETURN n",
    "procedure": "db.createLabel",
    "key": "name",
    "id": "company/alba",
    "name": "'}) DETACH DELETE n //",
    "text": "x",
    "set": "MATCH (n) DETACH DELETE n",
    "delete": "; CREATE (n)",
    "CREATE (n)": 2,
    "limit": 3,
}


@pytest.mark.parametrize("statement", READS)
def test_reading_passes(statement: str) -> None:
    assert len(read_only(statement)) == len(statement)


@pytest.mark.parametrize("name", catalogue())
def test_every_question_passes(name: str) -> None:
    read_only(catalogue()[name].cypher)


@pytest.mark.parametrize("statement", ATTACKS)
def test_our_own_check_refuses(statement: str) -> None:
    with pytest.raises(StoreError, match=r"^line \d+, column \d+: "):
        read_only(statement)


def test_stores_answer_what_passes_and_nothing_else(store: Store) -> None:
    synchronise(store, world())
    before = list(dump(store))
    for statement in READS:
        if "fulltext" not in statement:
            assert store.ask(statement, PARAMETERS, rows=10).columns
    for statement in ATTACKS:
        with pytest.raises(StoreError, match=r"^line \d+, column \d+: "):
            store.ask(statement, PARAMETERS)
    assert list(dump(store)) == before


def test_engines_refuse_writing_on_their_own(store: Store) -> None:
    synchronise(store, world())
    before = list(dump(store))
    assert isinstance(store, CypherStore)
    assert len(WRITES) > 40
    for statement in WRITES:
        with suppress(StoreError):  # some plan it only, or read a quotation where another engine reads a clause
            store.read(statement, PARAMETERS, 10.0, 5)
    assert list(dump(store)) == before


NAMES = st.sampled_from(["n", "m", "start", "when", "`SET`", "`a b`", "çà", "_x1"])
PROPERTIES = st.sampled_from(["name", "set", "delete", "create", "`MERGE`", "call", "load"])
TEXTS = st.sampled_from(
    ["'CREATE (n)'", '"SET; DELETE"', "'it\\'s // REMOVE'", "$set", "$`DROP`", "1", ".5", "null", "[1, 'a']"]
)
SPACES = st.sampled_from([" ", "\n", "\t ", " /* SET n.x = 1 */ ", " // DELETE n\n"])


@st.composite
def reading(draw: st.DrawFn) -> list[str]:
    """Clauses that read, one after the other; a value may be a subquery of such clauses."""

    def value(depth: int) -> str:
        name = draw(NAMES)
        match draw(st.integers(0, 7 if depth else 5)):
            case 0:
                return draw(TEXTS)
            case 1:
                return f"{name}.{draw(PROPERTIES)}"
            case 2:
                return f"{{{draw(PROPERTIES)}: {draw(TEXTS)}, set: {name}}}"
            case 3:
                return f"toLower({name}.{draw(PROPERTIES)})"
            case 4:
                return f"[x IN {name}.{draw(PROPERTIES)} WHERE x STARTS WITH {draw(TEXTS)} | x]"
            case 5:
                return f"CASE WHEN NOT {name} IS NULL THEN {draw(TEXTS)} ELSE {name} END"
            case 6:
                return f"COUNT {{ {' '.join(clauses(depth - 1))} }}"
        return f"({value(depth - 1)} + {value(depth - 1)})"

    def clauses(depth: int) -> list[str]:
        found = []
        for _ in range(draw(st.integers(0, 2))):
            name = draw(NAMES)
            match draw(st.integers(0, 5 if depth else 4)):
                case 0:
                    found.append(f"MATCH ({name}:Company {{{draw(PROPERTIES)}: {draw(TEXTS)}}})-[:OWNS*1..2]->(b)")
                case 1:
                    found.append(f"OPTIONAL MATCH ({name})--(:`SET`) WHERE {value(depth)} = {value(depth)}")
                case 2:
                    found.append(f"UNWIND {value(depth)} AS {name}")
                case 3:
                    found.append(f"WITH *, {value(depth)} AS {name} ORDER BY {name} DESC LIMIT 5")
                case 4:
                    found.append("CALL db.labels() YIELD label AS l")
                case 5:
                    found.append(f"CALL ({name}) {{ {' '.join(clauses(depth - 1))} }}")
        return [*found, f"RETURN DISTINCT {value(depth)} AS {draw(NAMES)}"]

    return clauses(2)


@settings(max_examples=60)
@given(reading(), SPACES)
def test_whatever_reads_passes(clauses: list[str], space: str) -> None:
    statement = space.join(clauses)
    assert read_only(read_only(statement)) == read_only(statement)


WRITING = (
    "SET n.name = 'x'",
    "SET (n).name = 'x'",
    "CREATE (x)",
    "MERGE (x)",
    "INSERT (x)",
    "REMOVE n.name",
    "DELETE n",
    "DETACH DELETE (n)",
    "FOREACH (x IN [1] | SET n.x = x)",
    "CALL apoc.do.it()",
    "LOAD CSV FROM 'file:///x' AS line",
    "CALL { CREATE (x) }",
    "CALL (n) { WITH n SET n.x = 1 } IN TRANSACTIONS",
)


@settings(max_examples=100)
@given(reading(), st.sampled_from(WRITING), st.data())
def test_what_writes_anywhere_never_passes(clauses: list[str], writing: str, data: st.DataObject) -> None:
    """Wherever a clause may stand, in any writing of its letters, with any space around it."""
    at = data.draw(st.integers(0, len(clauses)))
    written = "".join(data.draw(st.sampled_from([c.lower(), c.upper()])) for c in writing)
    before, after = data.draw(SPACES), data.draw(SPACES)
    statement = before.join([*clauses[:at], f"{written}{after}", *clauses[at:]])
    with pytest.raises(StoreError):
        read_only(statement)


PIECES = [*"`'\"/*\\\n\r(){}[];.:$,|+-=u0 27n", "SET ", "CREATE ", " MATCH (n) ", "RETURN 1"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_passes_has_no_writing_word_of_its_own(text: str) -> None:
    """The check against a second reading of quotations, made of nothing but a scan from left to right."""
    statement = f"RETURN 1 AS x {text}"
    try:
        passed = read_only(statement)
    except StoreError:
        return
    bare = unquoted(passed)
    for found in re.finditer(r"[A-Za-z_]\w*", bare):
        if found[0] in CHANGE:
            before, behind = bare[: found.start()].rstrip(), bare[found.end() :].lstrip()
            assert before.endswith((".", ":", "$")) or (
                before.endswith(("{", ",")) and behind.startswith((":", ",", "}"))
            )


def unquoted(text: str) -> str:
    """The text with everything between quotation marks or backticks taken out."""
    kept, inside, escaped = [], "", False
    for c in text:
        if not inside:
            inside = c if c in "'\"`" else ""
            kept.append("?" if inside else c)
        elif escaped:
            escaped = False
        elif c == "\\" and inside != "`":
            escaped = True
        elif c == inside:
            inside = ""
    return "".join(kept)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("", "line 1, column 1: there is no statement"),
        ("// nothing", "line 1, column 1: there is no statement"),
        ("MATCH (n)\nRETRUN n", "line 2, column 1: RETRUN: did you mean RETURN"),
        ("MATCH (n)\n  WHERE (n.x = 1 RETURN n", "line 2, column 9: ( is not closed"),
        ("RETURN 'it", "line 1, column 8: what ' opens here is not closed"),
        ("RETURN 1 /* so", "line 1, column 10: what /* opens here is not closed"),
        ("RETURN 1]", "line 1, column 9: ] closes nothing"),
        ("MATCH (n) RETURN n;\nMATCH (m) RETURN m", "line 1, column 19: one statement at a time"),
        ("CALL apoc.help('x')", "line 1, column 6: CALL apoc.help: a question may call db"),
        ("RETURN apoc.date.format(1) AS x", "line 1, column 24: apoc.date.format: functions of plug-ins"),
        (
            "MATCH (n) RETURN 1 AS set",
            "line 1, column 23: SET would change the graph, and a question may only read it; a name",
        ),
        ("MATCH (n)\u00a0RETURN n", "line 1, column 10: the character (U+00A0)"),
    ],
)
def test_a_refusal_names_the_place(statement: str, what: str) -> None:
    with pytest.raises(StoreError) as error:
        read_only(statement)
    assert what in str(error.value)


def nested(depth: int) -> list[object]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    "value", [2**63, "half \ud800", object(), b"bytes", {"a": [1, {2}]}, {1: "key"}, nested(60), {"a": {1, 2}}]
)
def test_parameters_that_no_store_holds_are_named(value: object) -> None:
    with pytest.raises(StoreError, match="parameter x: "):
        plain_values({"x": value})


def test_parameters_come_back(store: Store) -> None:
    given = {"a": [1, 2.5, None, True, "é", nested(40)], "b": {"c": ["d"]}, "n": -(2**63)}
    assert plain_values(given) == given
    assert store.ask("RETURN $a AS a, $b AS b, $n AS n", given).rows == [tuple(given.values())]
