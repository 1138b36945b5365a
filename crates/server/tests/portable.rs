//! Every statement of the server, read by PostgreSQL's own parser and held against what Citus, YugabyteDB and
//! CockroachDB have as well. What is not on these lists is a decision (docs/SCALING.md), not an edit here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// Nodes of the parse tree, as PostgreSQL names them.
const NODES: &[&str] = &[
    // Statements.
    "CreatePolicyStmt",
    "CreateStmt",
    "DeleteStmt",
    "GrantStmt",
    "IndexStmt",
    "InsertStmt",
    "SelectStmt",
    "TransactionStmt",
    "UpdateStmt",
    "VariableSetStmt",
    // `alter table … enable | force row level security`, and nothing else, see `ALTERS`.
    "AlterTableCmd",
    "AlterTableStmt",
    // What they are made of.
    "AConst",
    "AExpr",
    "BoolExpr",
    "CoalesceExpr",
    "ColumnDef",
    "ColumnRef",
    "Constraint",
    "DefElem",
    "FuncCall",
    "IndexElem",
    "InferClause",
    "JoinExpr",
    "List",
    "NullTest",
    "OnConflictClause",
    "ParamRef",
    "RangeFunction",
    "RangeVar",
    "ResTarget",
    "RoleSpec",
    "RowExpr",
    "SortBy",
    "String",
    "SubLink",
    "TypeCast",
    "AccessPriv",
    "Integer",
    "LockingClause",
    "SqlvalueFunction",
];

/// Functions, operators aside.
const FUNCTIONS: &[&str] = &["current_schema", "current_setting", "max", "set_config", "unnest"];

/// Types of columns and casts.
const TYPES: &[&str] = &["bool", "bytea", "int4", "int8", "text", "uuid"];

/// What `alter table` does.
const ALTERS: &[&str] = &["AtEnableRowSecurity", "AtForceRowSecurity"];

/// Constraints: no foreign, exclusion or deferrable ones.
const CONSTRAINTS: &[&str] = &["ConstrCheck", "ConstrNotnull", "ConstrPrimary"];

/// What a session or transaction is told.
const SETTINGS: &[&str] = &[
    "idle_in_transaction_session_timeout",
    "lock_timeout",
    "statement_timeout",
    "transaction_isolation",
    "transaction_read_only",
];

/// Locks: on rows of one organization, and nothing weaker or wider.
const LOCKS: &[&str] = &["LcsForupdate"];

/// What a statement uses.
#[derive(Default)]
struct Used {
    nodes: BTreeSet<String>,
    functions: BTreeSet<String>,
    types: BTreeSet<String>,
    alters: BTreeSet<String>,
    constraints: BTreeSet<String>,
    settings: BTreeSet<String>,
    locks: BTreeSet<String>,
    /// `create table if not exists` and what else stands outside the lists.
    strange: BTreeSet<String>,
}

/// The last of a list of names: `pg_catalog.int4` is `int4`.
fn last_name(names: &Value) -> String {
    let last = names.as_array().and_then(|all| all.last()).expect("a name");
    let text = last.pointer("/node/String/sval").or_else(|| last.pointer("/String/sval"));
    text.and_then(Value::as_str).unwrap_or_else(|| panic!("not a name: {last}")).to_owned()
}

impl Used {
    fn of(sql: &str, at: &str) -> Self {
        let parsed = pg_query::parse(sql, pg_query::ParserOptions::default())
            .unwrap_or_else(|error| panic!("{at}: PostgreSQL does not parse it: {error}"));
        let tree = serde_json::to_value(&parsed.protobuf).unwrap();
        let mut used = Self::default();
        used.walk(&tree);
        used
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::Array(all) => all.iter().for_each(|value| self.walk(value)),
            Value::Object(fields) => {
                // A table stands in fields of many names.
                if fields.get("relpersistence").is_some_and(|kept| kept != "p") {
                    self.strange.insert("a table that is not kept".to_owned());
                }
                for (name, inside) in fields {
                    if name.starts_with(char::is_uppercase) {
                        self.nodes.insert(name.clone());
                        self.look_at(name, inside);
                    }
                    // Fields that are a node themselves are not named after it.
                    match name.as_str() {
                        "type_name" | "arg_type" if inside.is_object() => self.type_of(inside),
                        "infer" if inside.is_object() => drop(self.nodes.insert("InferClause".to_owned())),
                        "on_conflict_clause" if inside.is_object() => {
                            self.nodes.insert("OnConflictClause".to_owned());
                        }
                        _ => {}
                    }
                    // What a constant is, is not the point.
                    if name != "AConst" {
                        self.walk(inside);
                    }
                }
            }
            _ => {}
        }
    }

    fn type_of(&mut self, inside: &Value) {
        if inside["names"].as_array().is_some_and(|names| !names.is_empty()) {
            self.types.insert(last_name(&inside["names"]));
        }
    }

    fn look_at(&mut self, name: &str, inside: &Value) {
        // prost gives enums as numbers; their names are PostgreSQL's.
        let number = |field: &str| i32::try_from(inside[field].as_i64().unwrap_or_default()).unwrap();
        match name {
            "FuncCall" => drop(self.functions.insert(last_name(&inside["funcname"]))),
            "TypeName" => self.type_of(inside),
            "AlterTableCmd" => {
                let kind = pg_query::protobuf::AlterTableType::try_from(number("subtype")).unwrap();
                self.alters.insert(format!("{kind:?}"));
            }
            "Constraint" => {
                let kind = pg_query::protobuf::ConstrType::try_from(number("contype")).unwrap();
                self.constraints.insert(format!("{kind:?}"));
            }
            "VariableSetStmt" => drop(self.settings.insert(inside["name"].as_str().unwrap().to_owned())),
            "TransactionStmt" => {
                for option in inside["options"].as_array().into_iter().flatten() {
                    let option = option.pointer("/node/DefElem/defname").and_then(Value::as_str);
                    self.settings.insert(option.expect("an option's name").to_owned());
                }
            }
            "LockingClause" => {
                let strength = pg_query::protobuf::LockClauseStrength::try_from(number("strength")).unwrap();
                self.locks.insert(format!("{strength:?}"));
            }
            "IndexStmt" if inside["access_method"] != "btree" || inside["concurrent"] == true => {
                self.strange.insert("an index that is no ordinary one".to_owned());
            }
            "CreateStmt" if inside["inh_relations"].as_array().is_some_and(|all| !all.is_empty()) => {
                self.strange.insert("a table that inherits".to_owned());
            }
            _ => {}
        }
    }

    fn lists(&self) -> [(&BTreeSet<String>, &[&str]); 7] {
        [
            (&self.nodes, NODES),
            (&self.functions, FUNCTIONS),
            (&self.types, TYPES),
            (&self.alters, ALTERS),
            (&self.constraints, CONSTRAINTS),
            (&self.settings, SETTINGS),
            (&self.locks, LOCKS),
        ]
    }

    /// What is on no list.
    fn strangers(&self) -> Vec<String> {
        let lists = self.lists();
        let unlisted = lists.iter().flat_map(|(used, list)| used.iter().filter(|name| !list.contains(&name.as_str())));
        unlisted.chain(&self.strange).cloned().collect()
    }
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn files(folder: &Path, kind: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == kind))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect();
    found.sort();
    found
}

#[test]
fn every_statement_of_the_server_is_one_that_distributed_engines_have_as_well() {
    let mut all = files(&home().join("src/core/postgres/sql"), "sql");
    all.extend(files(&home().join("../../migrations/server/postgres"), "sql"));
    assert!(all.len() > 50, "{} files were found", all.len());
    let used = all.iter().map(|(path, sql)| (path, Used::of(sql, path).strangers()));
    let strangers: Vec<_> = used.filter(|(_, strangers)| !strangers.is_empty()).collect();
    assert_eq!(strangers, []);
    // And the lists allow nothing that nobody needs.
    let whole = all.iter().map(|(_, sql)| sql.trim().trim_end_matches(';')).collect::<Vec<_>>().join("\n;\n");
    let used = Used::of(&whole, "all of it");
    for (used, list) in used.lists() {
        let needless: Vec<_> = list.iter().filter(|name| !used.contains(**name)).collect();
        assert_eq!(needless, Vec::<&&str>::new());
    }
}

#[test]
fn the_lists_find_what_those_engines_lack() {
    let mut missed = Vec::new();
    for (sql, what) in [
        ("select pg_advisory_xact_lock(1)", "pg_advisory_xact_lock"),
        ("lock table entry in access exclusive mode", "LockStmt"),
        ("listen changed", "ListenStmt"),
        ("create temp table t (a integer primary key)", "a table that is not kept"),
        ("create unlogged table t (a integer primary key)", "a table that is not kept"),
        ("create table t (a integer references b)", "ConstrForeign"),
        ("create table t (a integer unique deferrable)", "ConstrAttrDeferrable"),
        ("create table t (a serial)", "serial"),
        ("create table t (a integer generated always as identity)", "ConstrIdentity"),
        ("create table t (a integer, exclude using gist (a with =))", "ConstrExclusion"),
        ("create index i on t using gin (a)", "an index that is no ordinary one"),
        ("create trigger t before insert on e for each row execute function f()", "CreateTrigStmt"),
        ("create function f() returns integer language sql as 'select 1'", "CreateFunctionStmt"),
        ("alter table entry add column a integer", "AtAddColumn"),
        ("select seq from organization for share", "LcsForshare"),
        ("set row_security = off", "row_security"),
        ("with a as (select 1) select * from a", "CommonTableExpr"),
        ("do 'begin end'", "DoStmt"),
        ("copy entry to stdout", "CopyStmt"),
        ("select now()", "now"),
        ("select '{}'::jsonb", "jsonb"),
    ] {
        let strangers = Used::of(sql, sql).strangers();
        if !strangers.iter().any(|stranger| stranger == what) {
            missed.push((sql, what, strangers));
        }
    }
    assert_eq!(missed, []);
}

#[test]
fn no_statement_stands_outside_the_files() {
    const VERBS: [&str; 12] = [
        "select ", "insert ", "update ", "delete ", "create ", "alter ", "drop ", "begin", "commit", "rollback",
        "set ", "lock ",
    ];
    let looks_like_sql = |text: &str| VERBS.iter().any(|verb| text.contains(&format!("\"{verb}")));
    assert!(looks_like_sql("db.query(\"select 1\")"));
    let sources = files(&home().join("src/core/postgres"), "rs");
    assert!(sources.len() > 8);
    for (path, source) in sources {
        for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
            assert!(!looks_like_sql(&line.to_lowercase()), "{path}: {line}");
            assert!(!line.contains("format!") || !line.contains("sql"), "{path}: {line}");
        }
    }
}
