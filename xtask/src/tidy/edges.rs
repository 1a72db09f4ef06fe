use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

use super::finding::Finding;
use crate::checkout::Checkout;

mod table;

use table::{ANYHOW, Outside, ROWS, Row};

/// A workspace crate as `cargo metadata` shows it.
pub struct Member {
    pub name: String,
    pub manifest: String,
    pub edges: Vec<Edge>,
}

pub struct Edge {
    pub to: String,
    pub kind: Kind,
    pub place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Product,
    Tests,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Workspace,
    Registry,
}

pub fn members(checkout: &Checkout) -> Result<Vec<Member>> {
    let metadata = MetadataCommand::new().manifest_path(checkout.path("Cargo.toml")).no_deps().exec()?;
    let root = metadata.workspace_root.clone();
    Ok(metadata
        .packages
        .iter()
        .map(|package| Member {
            name: package.name.to_string(),
            manifest: package
                .manifest_path
                .strip_prefix(&root)
                .map_or_else(|_| package.manifest_path.to_string(), ToString::to_string),
            edges: package.dependencies.iter().map(edge).collect(),
        })
        .collect())
}

fn edge(dependency: &cargo_metadata::Dependency) -> Edge {
    let kind = match dependency.kind {
        DependencyKind::Development => Kind::Tests,
        _ => Kind::Product,
    };
    let place = match dependency.path {
        Some(_) => Place::Workspace,
        None => Place::Registry,
    };
    Edge { to: dependency.name.clone(), kind, place }
}

pub fn check(members: &[Member]) -> Vec<Finding> {
    members.iter().flat_map(check_member).collect()
}

fn check_member(member: &Member) -> Vec<Finding> {
    let Some(row) = ROWS.iter().find(|row| row.name == member.name) else {
        return vec![Finding::new(
            &member.manifest,
            1,
            format!(
                "crate {} has no row in the table of crate edges: add one in xtask/src/tidy/edges/table.rs",
                member.name
            ),
        )];
    };
    member
        .edges
        .iter()
        .filter_map(|edge| refuse(row, edge))
        .map(|message| Finding::new(&member.manifest, 1, message))
        .collect()
}

fn refuse(row: &Row, edge: &Edge) -> Option<String> {
    match edge.place {
        Place::Workspace => refuse_inner(row, edge),
        Place::Registry => refuse_outer(row, edge),
    }
}

fn refuse_inner(row: &Row, edge: &Edge) -> Option<String> {
    let to = edge.to.as_str();
    let listed = row.uses.contains(&to);
    let for_tests = edge.kind == Kind::Tests && row.test_uses.contains(&to);
    if listed || for_tests {
        return None;
    }
    Some(format!(
        "{} may not depend on {to}: dependencies point down the levels of ARCHITECTURE.md; pass what is needed through a port or move the code",
        row.name
    ))
}

fn refuse_outer(row: &Row, edge: &Edge) -> Option<String> {
    if edge.kind == Kind::Tests {
        return None;
    }
    let to = edge.to.as_str();
    let refused = match row.outside {
        Outside::Only(allowed) => !allowed.contains(&to),
        Outside::Not(refused) => refused.contains(&to),
    };
    if refused {
        return Some(format!("{} may not use {to}: {}", row.name, row.why));
    }
    if to == "anyhow" && !ANYHOW.contains(&row.name) {
        return Some(format!("{} may not use anyhow: give the crate one thiserror enum", row.name));
    }
    if to.starts_with("tauri") && row.name != "conclave-desktop" {
        return Some(format!("{} may not use {to}: only src-tauri knows Tauri", row.name));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, to: &str, (kind, place): (Kind, Place)) -> [Member; 1] {
        [Member {
            name: name.to_owned(),
            manifest: format!("crates/{name}/Cargo.toml"),
            edges: vec![Edge { to: to.to_owned(), kind, place }],
        }]
    }

    const INNER: (Kind, Place) = (Kind::Product, Place::Workspace);
    const OUTER: (Kind, Place) = (Kind::Product, Place::Registry);

    #[test]
    fn an_edge_upwards_is_refused() {
        assert_eq!(check(&member("room", "host", INNER)).len(), 1);
        assert_eq!(check(&member("server", "room", INNER)).len(), 1);
        assert!(check(&member("room", "model", INNER)).is_empty());
    }

    #[test]
    fn nothing_depends_on_the_desktop() {
        for row in &ROWS {
            assert_eq!(check(&member(row.name, "conclave-desktop", INNER)).len(), 1);
        }
    }

    #[test]
    fn a_test_edge_is_no_product_edge() {
        let tests = (Kind::Tests, Place::Workspace);
        assert!(check(&member("host", "testkit", tests)).is_empty());
        assert_eq!(check(&member("host", "testkit", INNER)).len(), 1);
    }

    #[test]
    fn a_pure_crate_refuses_a_runtime() {
        for name in ["model", "room", "door", "wire"] {
            assert_eq!(check(&member(name, "tokio", OUTER)).len(), 1, "{name}");
        }
        let tests = (Kind::Tests, Place::Registry);
        assert!(check(&member("room", "proptest", tests)).is_empty());
    }

    #[test]
    fn anyhow_and_tauri_stay_at_the_top() {
        assert_eq!(check(&member("store", "anyhow", OUTER)).len(), 1);
        assert!(check(&member("cli", "anyhow", OUTER)).is_empty());
        assert_eq!(check(&member("cli", "tauri", OUTER)).len(), 1);
    }

    #[test]
    fn a_crate_without_a_row_is_refused() {
        let unknown = [Member {
            name: "helpers".to_owned(),
            manifest: "crates/helpers/Cargo.toml".to_owned(),
            edges: vec![],
        }];
        assert_eq!(check(&unknown).len(), 1);
    }

    #[test]
    fn the_table_itself_points_down() {
        // Test crates may use every crate of the product; none of it may use them.
        let product = |row: &&Row| !["testkit", "bench"].contains(&row.name);
        for (level, row) in ROWS.iter().enumerate().filter(|(_, row)| product(row)) {
            for used in row.uses {
                let below = ROWS[..level].iter().any(|lower| lower.name == *used);
                assert!(below, "{} is listed above {used}", row.name);
            }
        }
    }
}
