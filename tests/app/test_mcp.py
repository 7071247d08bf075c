"""`biopact mcp`, started as its users start it: a process of its own, spoken to by the SDK's client."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from biopact.app.cli import cli
from biopact.graph.store import dump
from biopact.graph.stores import open_store
from biopact.queries import catalogue

COMMAND = ("-c", "from biopact.app.cli import main; main()", "mcp")
SAMPLES = Path(str(files("biopact.examples").joinpath("samples")))
Talk = Callable[[Client], Awaitable[None]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("mcp") / "store")
    result = CliRunner().invoke(cli, ["load", str(SAMPLES), "--store", folder])
    assert result.exit_code == 0, result.output
    return folder


def talk(store: str, conversation: Talk, *options: str) -> None:
    async def run() -> None:
        started = StdioServerParameters(command=sys.executable, args=[*COMMAND, "--store", store, *options])
        async with Client(started, read_timeout_seconds=120) as client:
            await conversation(client)

    # In a thread of its own: the browser's tests leave a running event loop in the main one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(run())).result()


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert isinstance(result, CallToolResult)
    assert not result.is_error, words(result)
    assert result.structured_content is not None
    assert json.loads(words(result)) == result.structured_content
    return result.structured_content


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert isinstance(result, CallToolResult)
    assert result.is_error
    return words(result)


def words(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_every_tool_answers_with_words(loaded: str) -> None:
    async def conversation(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert sorted(tools) == ["ask", "cypher", "evidence", "find", "list_questions", "schema"]
        assert all(t.description and t.annotations and t.annotations.read_only_hint for t in tools.values())

        listed = await call(client, "list_questions")
        assert [q["name"] for q in listed["questions"]] == list(catalogue())
        partners = await call(client, "list_questions", group="partners")
        assert {q["group"] for q in partners["questions"]} == {"partners"}

        found = await call(client, "find", name="MoorGrid")
        assert ("Technology", "MoorGrid platform") in [(n["type"], n["name"]) for n in found["found"]]

        answer = await call(client, "ask", name="licensees", parameters={"technology": "MoorGrid platform"})
        (row,) = answer["rows"]
        quoted = [q["words"] for q in answer["quotations"][row["edge"]]]
        assert quoted
        assert all("99999" in q["place"] for q in answer["quotations"][row["edge"]])

        asked = (
            "MATCH (:Company)-[l:LICENSES_TO]->(b:Company) WHERE l.id = $edge RETURN b.name AS licensee, l.id AS edge"
        )
        answer = await call(client, "cypher", statement=asked, parameters={"edge": row["edge"]})
        assert answer["rows"] == [{"licensee": row["licensee"], "edge": row["edge"]}]
        assert [q["words"] for q in answer["quotations"][row["edge"]]] == quoted
        assert (answer["more_rows"], answer["notes"]) == (False, [])

        edge = await call(client, "evidence", id=row["edge"])
        assert (edge["type"], [q["words"] for q in edge["quotations"]]) == ("LICENSES_TO", quoted)
        piece = await call(client, "evidence", id=edge["quotations"][0]["id"])
        assert piece["quotations"] == edge["quotations"][:1]
        node = await call(client, "evidence", id="KMB-12")
        assert node["id"] == "compound/kmb-12"
        assert {e["type"] for e in node["edges"]} >= {"DEVELOPS", "TREATS"}
        assert all(e["quotations"] for e in node["edges"])

        types = await call(client, "schema")
        assert "upfront_usd" in types["edges"]["LICENSES_TO"]["properties"]
        assert types["edges"]["COVERS"]["from"] == ["Agreement"]

    talk(loaded, conversation)


def test_garbage_is_answered_in_words_and_changes_nothing(loaded: str) -> None:
    with open_store(loaded) as store:
        before = list(dump(store))

    async def conversation(client: Client) -> None:
        assert "line 1, column 11: DETACH would change the graph" in await refused(
            client, "cypher", statement="MATCH (n) DETACH DELETE n"
        )
        assert "there is no statement" in await refused(client, "cypher", statement="")
        assert "parameter x: " in await refused(client, "cypher", statement="RETURN $x", parameters={"x": 2**80})
        assert "longer than 2 s" in await refused(
            client, "cypher", statement="UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*)"
        )
        assert "no question 'partnerz'; did you mean partners" in await refused(client, "ask", name="partnerz")
        assert "unknown parameter" in await refused(client, "ask", name="partners", parameters={"nobody": 1})
        assert "company is missing" in await refused(client, "ask", name="partners")
        assert "no group" in await refused(client, "list_questions", group="everything")
        assert "is called" in await refused(client, "evidence", id="nothing of that kind")
        assert "no edge has the id" in await refused(client, "evidence", id="licenses_to/none")
        for tool, arguments in (
            ("ask", {}),
            ("ask", {"name": ["partners"]}),
            ("ask", {"name": "partners", "parameters": "x"}),
            ("cypher", {"statement": None}),
            ("find", {"name": {"$ne": None}}),
            ("find", {"called": "x"}),
        ):
            assert f"Error executing tool {tool}" in await refused(client, tool, **arguments)
        assert (await call(client, "find", name="'}) DETACH DELETE n //"))["found"] == []
        assert (await call(client, "evidence", id="evidence/none"))["quotations"] == []
        cut = await call(
            client, "cypher", statement="MATCH (c:Compny) RETURN 1 UNION ALL UNWIND range(1, 9) AS x RETURN 1"
        )
        assert (len(cut["rows"]), cut["more_rows"]) == (5, True)
        assert cut["notes"] == ["no type Compny; did you mean Company?"]
        cut = await call(client, "ask", name="most-connected")
        assert (len(cut["rows"]), cut["more_rows"]) == (5, True)

    talk(loaded, conversation, "--limit", "5", "--seconds", "2")
    with open_store(loaded) as store:
        assert list(dump(store)) == before


def test_others_can_use_the_store_between_calls(loaded: str) -> None:
    async def conversation(client: Client) -> None:
        await call(client, "find", name="MoorGrid")
        with open_store(loaded) as store:
            assert store.ask("RETURN 1 AS one").rows == [(1,)]
            assert "open in another process" in await refused(client, "find", name="MoorGrid")
        await call(client, "find", name="MoorGrid")

    talk(loaded, conversation)


def test_a_store_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *COMMAND, "--store", str(tmp_path / "nothing")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "BIOPACT_STORE": ""},
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "no store there" in done.stderr


def test_without_the_extra_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("biopact.app.commands.serving.find_spec", lambda name: None)
    result = CliRunner().invoke(cli, ["mcp", "--store", str(tmp_path)])
    assert result.exit_code == 2
    assert "pip install 'biopact[mcp]'" in result.stderr
