import pytest
import report_factories as factories
import report_page

from cem_nlp.report import ReportContext, ReportTables, render_html


@pytest.fixture(scope="session")
def demo_tables() -> ReportTables:
    return factories.demo_tables()


@pytest.fixture(scope="session")
def demo_context() -> ReportContext:
    return factories.demo_context()


@pytest.fixture(scope="session")
def demo_html(demo_tables: ReportTables, demo_context: ReportContext) -> str:
    return render_html(demo_tables, demo_context)


@pytest.fixture(scope="session")
def demo_page(demo_html: str) -> report_page.Node:
    return report_page.read(demo_html)
