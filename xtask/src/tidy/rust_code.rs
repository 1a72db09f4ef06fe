use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{FnArg, GenericArgument, Ident, PathArguments, Signature, Type};

use super::finding::Finding;
use super::rust_tests::{self, is_test_file};
use super::sources::Sources;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;
const PARAMETERS: usize = 5;
const EMPTY_NAMES: [&str; 8] = ["Manager", "Service", "Helper", "Util", "Utils", "Processor", "Info", "Data"];

pub fn check(sources: &Sources) -> Vec<Finding> {
    sources.under("", ".rs").flat_map(|(path, text)| check_file(path, text)).collect()
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = check_name(path);
    match syn::parse_file(text) {
        Err(error) => {
            findings.push(Finding::new(path, error.span().start().line, format!("does not parse: {error}")))
        }
        Ok(file) => {
            findings.extend(check_length(path, text, &file));
            let mut reader = Reader::new(path);
            reader.visit_file(&file);
            findings.extend(reader.findings);
        }
    }
    findings
}

fn check_name(path: &str) -> Vec<Finding> {
    if !path.ends_with("/mod.rs") {
        return vec![];
    }
    let folder = path.trim_end_matches("/mod.rs");
    vec![Finding::new(path, 1, format!("no mod.rs: move it to {folder}.rs"))]
}

fn check_length(path: &str, text: &str, file: &syn::File) -> Vec<Finding> {
    let all = text.lines().count();
    let tests = match is_test_file(path) {
        true => all,
        false => rust_tests::lines_of(file).len(),
    };
    let counts = [(all - tests, "code"), (tests, "tests")];
    counts
        .iter()
        .filter(|(lines, _)| *lines > FILE_LINES)
        .map(|(lines, what)| {
            Finding::new(
                path,
                1,
                format!("{lines} lines of {what}, at most {FILE_LINES}: split the file by topic"),
            )
        })
        .collect()
}

/// Whose signature it is: one that we chose, or one that a trait prescribes.
#[derive(Clone, Copy)]
enum Chosen {
    Here,
    ByTrait,
}

struct Reader<'a> {
    path: &'a str,
    findings: Vec<Finding>,
    seen: BTreeSet<(usize, String)>,
}

impl<'a> Reader<'a> {
    fn new(path: &'a str) -> Self {
        Self { path, findings: Vec::new(), seen: BTreeSet::new() }
    }

    fn report(&mut self, at: Span, message: String) {
        let line = at.start().line;
        if self.seen.insert((line, message.clone())) {
            self.findings.push(Finding::new(self.path, line, message));
        }
    }

    fn function(&mut self, signature: &Signature, block: &syn::Block, chosen: Chosen) {
        let name = &signature.ident;
        let lines = block.span().end().line + 1 - signature.span().start().line;
        if lines > FUNCTION_LINES {
            self.report(
                name.span(),
                format!("fn {name} has {lines} lines, at most {FUNCTION_LINES}: name its parts"),
            );
        }
        if let Chosen::Here = chosen {
            self.parameters(signature);
        }
    }

    fn parameters(&mut self, signature: &Signature) {
        let name = &signature.ident;
        let typed: Vec<_> = signature
            .inputs
            .iter()
            .filter_map(|input| match input {
                FnArg::Typed(typed) => Some(typed),
                FnArg::Receiver(_) => None,
            })
            .collect();
        if typed.len() > PARAMETERS {
            self.report(
                name.span(),
                format!(
                    "fn {name} takes {} parameters, at most {PARAMETERS}: name what belongs together",
                    typed.len()
                ),
            );
        }
        for parameter in typed.iter().filter(|parameter| is_bool(&parameter.ty)) {
            self.report(
                parameter.span(),
                format!("fn {name} takes a bool: name both cases in an enum, or make two functions"),
            );
        }
    }

    fn type_name(&mut self, ident: &Ident) {
        let name = ident.to_string();
        let Some(word) = EMPTY_NAMES.iter().find(|word| name.ends_with(**word)) else {
            return;
        };
        self.report(
            ident.span(),
            format!("{name}: \"{word}\" says nothing; name it by what it is in the glossary"),
        );
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block, Chosen::Here);
        visit::visit_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let chosen = match item.trait_ {
            Some(_) => Chosen::ByTrait,
            None => Chosen::Here,
        };
        for member in &item.items {
            if let syn::ImplItem::Fn(method) = member {
                self.function(&method.sig, &method.block, chosen);
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        match &item.default {
            Some(block) => self.function(&item.sig, block, Chosen::Here),
            None => self.parameters(&item.sig),
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.type_name(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.type_name(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.type_name(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        if has_text_error(path) {
            self.report(
                path.span(),
                "the error is text: give it a type, so that callers can tell cases apart".to_owned(),
            );
        }
        visit::visit_type_path(self, path);
    }
}

fn is_bool(kind: &Type) -> bool {
    match kind {
        Type::Path(path) => path.path.is_ident("bool"),
        Type::Reference(reference) => is_bool(&reference.elem),
        _ => false,
    }
}

fn has_text_error(path: &syn::TypePath) -> bool {
    let Some(last) = path.path.segments.last().filter(|last| last.ident == "Result") else {
        return false;
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return false;
    };
    match arguments.args.iter().nth(1) {
        Some(GenericArgument::Type(error)) => is_text(error),
        Some(_) | None => false,
    }
}

fn is_text(kind: &Type) -> bool {
    match kind {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "String"),
        Type::Reference(reference) => {
            matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        check_file("crates/x/src/a.rs", text).len()
    }

    #[test]
    fn a_long_function_is_refused_wherever_it_stands() {
        let body = "let _ = 1;\n".repeat(60);
        assert_eq!(found(&format!("fn f() {{\n{body}}}")), 1);
        assert_eq!(found(&format!("impl A {{ fn f() {{\n{body}}} }}")), 1);
        assert_eq!(found(&format!("impl T for A {{ fn f() {{\n{body}}} }}")), 1);
        assert_eq!(found(&format!("trait T {{ fn f() {{\n{body}}} }}")), 1);
        let shorter = "let _ = 1;\n".repeat(58);
        assert_eq!(found(&format!("fn f() {{\n{shorter}}}")), 0);
    }

    #[test]
    fn a_sixth_parameter_is_refused() {
        assert_eq!(found("fn f(a: A, b: A, c: A, d: A, e: A, f: A) {}"), 1);
        assert_eq!(found("trait T { fn f(a: A, b: A, c: A, d: A, e: A, f: A); }"), 1);
        assert_eq!(found("impl B { fn f(&self, a: A, b: A, c: A, d: A, e: A) {} }"), 0);
    }

    #[test]
    fn a_bool_parameter_is_refused_unless_a_trait_wants_it() {
        assert_eq!(found("fn f(loud: bool) {}"), 1);
        assert_eq!(found("impl A { fn f(&self, loud: &mut bool) {} }"), 1);
        assert_eq!(found("impl Visitor for A { fn visit(&self, loud: bool) {} }"), 0);
        assert_eq!(found("fn f() -> bool { true }"), 0);
    }

    #[test]
    fn a_text_error_is_refused() {
        assert_eq!(found("fn f() -> Result<(), String> { Ok(()) }"), 1);
        assert_eq!(found("type R = std::result::Result<u8, &'static str>;"), 1);
        assert_eq!(found("fn f() -> Result<String, Error> { g() }"), 0);
    }

    #[test]
    fn an_empty_name_is_refused() {
        assert_eq!(found("struct SessionManager;"), 1);
        assert_eq!(found("enum ChunkData { A }"), 1);
        assert_eq!(found("struct Roster;"), 0);
    }

    #[test]
    fn code_and_tests_are_measured_apart() {
        let code = "const A: u8 = 1;\n".repeat(400);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{code}}}\n");
        assert_eq!(found(&format!("{code}{tests}")), 0);
        let long = "const A: u8 = 1;\n".repeat(501);
        assert_eq!(found(&long), 1);
        assert_eq!(found(&format!("#[cfg(test)]\nmod tests {{\n{long}}}\n")), 1);
    }

    #[test]
    fn mod_rs_and_broken_files_are_refused() {
        assert_eq!(check_file("crates/x/src/a/mod.rs", "").len(), 1);
        assert_eq!(found("fn {"), 1);
    }
}
