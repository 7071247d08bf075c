"""EDGAR's register of tickers: which company a ticker names today."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from biopact.loaders.edgar.client import Edgar
from biopact.ontology.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Company:
    """A line of the register."""

    cik: str
    title: str


@dataclass(frozen=True, slots=True)
class Register:
    """Companies by ticker."""

    companies: dict[str, Company]

    def cik_of(self, ticker: str) -> str:
        """The CIK; NotFoundError, with the nearest of the register, if no company has the ticker now."""
        if ticker in self.companies:
            return self.companies[ticker].cik
        near = [f"{name} ({self.companies[name].title})" for name in self._near(ticker)]
        meant = f"; did you mean {' or '.join(near)}?" if near else "."
        raise NotFoundError(
            f"ticker {ticker}: not in EDGAR's register{meant} "
            "A company that is no longer listed has no ticker there: give its CIK"
        )

    def _near(self, ticker: str) -> list[str]:
        by_ticker = process.extract(ticker, self.companies.keys(), scorer=fuzz.ratio, score_cutoff=70, limit=3)
        titles = {name: company.title for name, company in self.companies.items()}
        by_title = process.extract(
            ticker, titles, scorer=fuzz.partial_ratio, processor=utils.default_process, score_cutoff=90, limit=2
        )
        long_enough = len(ticker) > 3  # three letters stand in many names
        return list(dict.fromkeys([name for name, *_ in by_ticker] + [m[2] for m in by_title if long_enough]))[:3]


def read_register(edgar: Edgar) -> Register:
    """The register as EDGAR gives it now."""
    return edgar.read(f"{edgar.sites.archives}/files/company_tickers.json", parse_register)


def parse_register(body: bytes) -> Register:
    """The register from its JSON; ValueError for anything else."""
    try:
        companies = {
            str(row["ticker"]).upper(): Company(f"{int(row['cik_str']):010d}", str(row["title"]))
            for row in json.loads(body).values()
        }
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no register of tickers ({type(error).__name__}: {error})") from None
    if not companies or any(len(company.cik) != 10 for company in companies.values()):
        raise ValueError("no register of tickers")
    return Register(companies)
