"""The tables of the store. A change here is a new `VERSION`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

VERSION = 2
Key = BigInteger().with_variant(Integer, "sqlite")
tables = MetaData()
versions = Table("schema_version", tables, Column("version", Integer, nullable=False))
generations = Table(
    "generations",
    tables,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("fingerprint", String(200), nullable=False),
    sqlite_autoincrement=True,
)
current = Table(
    "current",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("generation", Key, ForeignKey("generations.number"), nullable=False),
    Column("previous", Key, ForeignKey("generations.number")),
)
documents = Table(
    "documents",
    tables,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("slug", String(200), nullable=False, index=True),
    Column("since", Key, ForeignKey("generations.number"), nullable=False),
    Column("until", Key, ForeignKey("generations.number")),
    Column("sha256", String(64), nullable=False),
    Column("origin", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    sqlite_autoincrement=True,
)
passages = Table(
    "passages",
    tables,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("document_id", Key, ForeignKey("documents.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Text),
    Column("section", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("header_start", Integer),
    Column("header_end", Integer),
    Index("passages_of_document", "document_id"),
    sqlite_autoincrement=True,
)
