"""Rules for documents and what rests on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from generator import schema
from generator.dataset import Dataset
from generator.kinds import personal
from generator.problems import Problem, Source
from generator.records import RECORD_TYPES, DisclosurePolicy, PolicyDocument
from generator.records.base import BasisDoc, Status
from generator.records.policy_document import RelationKind, Validity


def bases_have_a_name(dataset: Dataset) -> Iterator[Problem]:
    """What something rests on is named, or is a document on the site."""
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            for loc, doc in schema.parts(record, BasisDoc):
                if doc.document is None and doc.title is None:
                    yield Problem("E451", dataset.place(record, *loc, "kind"))


def files_exist(dataset: Dataset, content: Collection[str]) -> Iterator[Problem]:
    """A document's file lies in ``content/`` (paths below it)."""
    for document in dataset.of(PolicyDocument).values():
        if document.file and document.file not in content:
            yield Problem("E452", dataset.place(document, "file"), {"value": document.file})


def pages_name_nobody(content: Mapping[str, bytes]) -> Iterator[Problem]:
    """What a record may not say, a page that somebody wrote may not say either (domain §6.3)."""
    for path, raw in content.items():
        if path.endswith(".md"):
            for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), start=1):
                for code, values in personal(line):
                    yield Problem(code, Source(f"content/{path}", number), {"label": "这一行", **values})


def papers_are_on_record(dataset: Dataset, content: Iterable[str]) -> Iterator[Problem]:
    """A PDF in ``content/`` is the file of a document on the site: nobody has looked into any other.

    While a document, or all of them, cannot be read, it may be theirs.
    """
    if PolicyDocument.folder in dataset.unread:
        return
    documents = dataset.of(PolicyDocument)
    named = {
        str(raw.values.get("file"))
        for (model, key), raw in dataset.raws.items()
        if model is PolicyDocument and (key not in documents or documents[key].status is Status.PUBLISHED)
    }
    for path in content:
        if path.endswith(".pdf") and path not in named:
            yield Problem("E779", Source(f"content/{path}"), {"value": path})


def days_are_of_a_kind(dataset: Dataset) -> Iterator[Problem]:
    """A number of days says whether it counts working days; a kind without a number says nothing."""
    for policy in dataset.of(DisclosurePolicy).values():
        if (policy.min_days is None) != (policy.day_kind is None):
            name = "min_days" if policy.day_kind is None else "day_kind"
            values = {"value": schema.label(DisclosurePolicy, (name,))}
            yield Problem("E453", dataset.place(policy, name), values)


def relations_make_sense(dataset: Dataset) -> Iterator[Problem]:
    """A document changes another one, and what it repeals is not in force any more."""
    documents = dataset.of(PolicyDocument)
    for document in documents.values():
        for position, relation in enumerate(document.relations):
            repeals = relation.kind is RelationKind.REPEALS and document.status is Status.PUBLISHED
            other, place = documents[relation.document], ("relations", position, "document")
            if other is document:
                yield Problem("E454", dataset.place(document, *place), {"value": document.id})
            elif repeals and other.validity is Validity.IN_FORCE:
                yield Problem("N415", dataset.place(document, *place), {"value": other.name})
