//! Who may import whom (DESIGN.md §2), over `cargo metadata`.
//!
//! Only direct dependencies are asked about: a crate can name no type of a crate that it does
//! not depend on directly, and the tables below are closed under re-export.

use cargo_metadata::{DependencyKind, Metadata};

/// For each of our crates: which of our crates its code may use.
const OURS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("contract", &["domain"]),
    ("usecases", &["domain", "contract"]),
    ("store", &["domain", "contract", "usecases", "migrations"]),
    ("gateway", &["domain", "contract", "usecases"]),
    ("documents", &["domain", "contract", "usecases"]),
    ("app", &["domain", "contract"]),
    ("browser", &["app"]),
    ("migrations", &[]),
    (
        "server",
        &[
            "domain",
            "contract",
            "usecases",
            "store",
            "gateway",
            "documents",
            "app",
            "migrations",
        ],
    ),
    ("standin", &[]),
    (
        "testkit",
        &[
            "domain",
            "contract",
            "usecases",
            "store",
            "gateway",
            "documents",
            "migrations",
            "standin",
        ],
    ),
    ("xtask", &[]),
];

/// What tests may use beyond that, whatever they test.
const IN_TESTS: &[&str] = &["testkit", "standin", "migrations"];

/// Use cases are tested on real adapters, never on pretend ones of our own.
const IN_TESTS_OF_USECASES: &[&str] = &["store", "gateway", "documents"];

/// Outside crates, by name or by the beginning of it, and where their types stop.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("sea-orm", &["store", "migrations", "testkit"]),
    ("sea-query", &["store", "migrations", "testkit"]),
    ("sqlx", &["store", "migrations", "testkit"]),
    ("async-stripe", &["gateway"]),
    ("stripe", &["gateway"]),
    ("lettre", &["gateway"]),
    ("typst", &["documents"]),
    ("axum", &["server", "standin", "testkit"]),
    ("hyper", &["server", "standin", "testkit"]),
    ("leptos", &["app", "browser", "server"]),
    ("wasm-bindgen", &["app", "browser", "xtask"]),
    ("web-sys", &["app", "browser"]),
    ("js-sys", &["app", "browser"]),
    // Rules and screens do no IO and wait for nothing.
    (
        "tokio",
        &[
            "usecases",
            "store",
            "gateway",
            "documents",
            "server",
            "standin",
            "testkit",
        ],
    ),
    ("reqwest", &["gateway", "server", "standin", "testkit"]),
];

/// One dependency of one of our crates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    from: String,
    to: String,
    /// One of our own crates, not one from a registry.
    ours: bool,
    /// A dev-dependency.
    in_tests: bool,
}

/// The declared dependencies of every crate in the workspace, on every platform.
#[must_use]
pub fn edges(workspace: &Metadata) -> Vec<Edge> {
    let mut edges = Vec::new();
    for package in &workspace.packages {
        edges.extend(package.dependencies.iter().map(|dependency| Edge {
            from: package.name.to_string(),
            to: dependency.name.clone(),
            ours: dependency.path.is_some(),
            in_tests: dependency.kind == DependencyKind::Development,
        }));
    }
    edges
}

/// The edges that break a rule, each as a sentence.
#[must_use]
pub fn breaches(edges: &[Edge]) -> Vec<String> {
    edges.iter().filter_map(breach).collect()
}

fn breach(edge: &Edge) -> Option<String> {
    let Edge { from, to, .. } = edge;
    if edge.ours {
        breach_of_ours(edge)
    } else {
        breach_of_outside(edge)
    }
    .map(|why| format!("{from} imports {to}: {why} (DESIGN.md §2)"))
}

fn breach_of_ours(
    Edge {
        from, to, in_tests, ..
    }: &Edge,
) -> Option<String> {
    let Some((_, allowed)) = OURS.iter().find(|(name, _)| name == from) else {
        return Some(format!("{from} has no row in xtask/src/rules/imports.rs"));
    };
    let to = to.as_str();
    let for_tests =
        IN_TESTS.contains(&to) || (from == "usecases" && IN_TESTS_OF_USECASES.contains(&to));
    if allowed.contains(&to) || (*in_tests && for_tests) {
        return None;
    }
    Some(match allowed {
        [] => "it may use none of our crates".to_owned(),
        allowed => format!("of our crates it may use only {}", allowed.join(", ")),
    })
}

/// Tests may use what they like from outside.
fn breach_of_outside(
    Edge {
        from, to, in_tests, ..
    }: &Edge,
) -> Option<String> {
    if *in_tests {
        return None;
    }
    let confined = |name: &str| {
        to.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    };
    let (_, allowed) = OUTSIDE.iter().find(|(name, _)| confined(name))?;
    let welcome = allowed.contains(&from.as_str());
    (!welcome).then(|| format!("its types stop at {}", allowed.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(from: &str, to: &str) -> Edge {
        Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            ours: true,
            in_tests: false,
        }
    }

    fn outside(from: &str, to: &str) -> Edge {
        Edge {
            ours: false,
            ..ours(from, to)
        }
    }

    fn in_tests(edge: Edge) -> Edge {
        Edge {
            in_tests: true,
            ..edge
        }
    }

    #[test]
    fn a_made_up_house_is_told_exactly_its_forbidden_edges() {
        let house = [
            ours("contract", "domain"),
            ours("domain", "contract"),
            ours("app", "contract"),
            ours("app", "store"),
            ours("server", "store"),
            ours("server", "standin"),
            outside("store", "sea-orm"),
            outside("usecases", "sea-orm-migration"),
            outside("gateway", "async-stripe-core"),
            outside("server", "async-stripe"),
            outside("app", "leptos_router"),
            outside("domain", "serde"),
        ];

        let told = breaches(&house);

        let starts: Vec<_> = told
            .iter()
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(
            starts,
            [
                "domain imports contract",
                "app imports store",
                "server imports standin",
                "usecases imports sea-orm-migration",
                "server imports async-stripe",
            ]
        );
    }

    #[test]
    fn tests_may_use_the_testkit_and_code_may_not() {
        assert!(breaches(&[in_tests(ours("usecases", "testkit"))]).is_empty());
        assert_eq!(breaches(&[ours("usecases", "testkit")]).len(), 1);
    }

    #[test]
    fn not_even_tests_reach_a_crate_from_the_wrong_side() {
        assert_eq!(breaches(&[in_tests(ours("domain", "store"))]).len(), 1);
    }

    #[test]
    fn a_crate_without_a_row_is_told_to_get_one() {
        let told = breaches(&[ours("newcomer", "domain")]);
        assert!(told.concat().contains("newcomer has no row"), "{told:?}");
    }

    #[test]
    fn a_name_that_only_begins_alike_is_another_crate() {
        assert!(breaches(&[outside("domain", "axumish")]).is_empty());
    }
}
