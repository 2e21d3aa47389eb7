//! No two files and no two folders know each other: whoever reads one needn't read the other first.

use std::collections::{BTreeMap, BTreeSet};

/// A file as the path of its module, from the root of its package.
type Module = Vec<String>;
/// Whom each file uses.
type Uses = BTreeMap<Module, BTreeSet<Module>>;

/// The files of each package by their modules, with their text.
fn packages() -> BTreeMap<String, BTreeMap<Module, String>> {
    let mut packages: BTreeMap<String, BTreeMap<Module, String>> = BTreeMap::new();
    for (_, file, text) in super::rooms() {
        let (package, path) =
            match file.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/")) {
                Some((package, path)) => (package.to_owned(), path.to_owned()),
                None => (String::from("inboxctl"), file.clone()),
            };
        let mut module: Module =
            path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            module.pop();
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        let code = code.collect::<Vec<_>>().join("\n");
        packages.entry(package).or_default().insert(module, code);
    }
    packages
}

/// The paths that a file names, each `use` with braces as one path for each name.
fn paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (number, part) in code.split("use ").enumerate() {
        if number > 0 {
            expand(part.split(';').next().unwrap_or_default(), &mut paths);
        }
    }
    for start in ["crate::", "super::"] {
        for (place, _) in code.match_indices(start) {
            let rest = code[place..].chars();
            paths.push(rest.take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect());
        }
    }
    paths
}

fn expand(tree: &str, paths: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((before, rest)) = tree.split_once('{') else {
        paths.extend(tree.split_whitespace().next().map(str::to_owned));
        return;
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut depth, mut start) = (0, 0);
    let mut parts = Vec::new();
    for (place, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        expand(&format!("{}{}", before.trim(), part.trim()), paths);
    }
}

/// The file that a path leads into, as seen from `module`.
fn resolve(module: &Module, path: &str, files: &BTreeMap<Module, String>) -> Option<Module> {
    let mut at = module.clone();
    let mut names = path.split("::").peekable();
    match *names.peek()? {
        "crate" => {
            at.clear();
            names.next();
        }
        "self" => {
            names.next();
        }
        "super" => {
            while names.next_if_eq(&"super").is_some() {
                at.pop();
            }
        }
        _ => {}
    }
    let mut found = None;
    for name in names {
        at.push(name.to_owned());
        if !files.contains_key(&at) {
            break;
        }
        found = Some(at.clone());
    }
    found
}

fn uses(files: &BTreeMap<Module, String>) -> Uses {
    let of = |module: &Module, code: &str| {
        paths(code)
            .iter()
            .filter_map(|path| resolve(module, path, files))
            // A folder names what is in it.
            .filter(|used| !used.starts_with(module))
            .collect()
    };
    files.iter().map(|(module, code)| (module.clone(), of(module, code))).collect()
}

/// A way from `to` back to `from`.
fn way_back(uses: &Uses, from: &Module, to: &Module) -> Option<Vec<Module>> {
    let mut ways = vec![vec![to.clone()]];
    let mut seen = BTreeSet::from([to.clone()]);
    while let Some(way) = ways.pop() {
        let last = way.last()?;
        if last == from {
            return Some(way);
        }
        for next in uses.get(last).into_iter().flatten() {
            if seen.insert(next.clone()) {
                ways.push([way.clone(), vec![next.clone()]].concat());
            }
        }
    }
    None
}

#[test]
fn no_circle_of_files() {
    for (package, files) in packages() {
        let uses = uses(&files);
        for (module, used) in &uses {
            for other in used {
                let way = way_back(&uses, module, other);
                assert!(way.is_none(), "{package}: {module:?} uses {other:?}, and back: {way:?}");
            }
        }
    }
}

#[test]
fn no_circle_of_folders() {
    for (package, files) in packages() {
        let mut between: BTreeMap<(Module, String, String), &Module> = BTreeMap::new();
        let uses = uses(&files);
        for (module, used) in &uses {
            for other in used {
                let common = module.iter().zip(other).take_while(|(one, two)| one == two).count();
                if let (Some(here), Some(there)) = (module.get(common), other.get(common)) {
                    let pair = (module[..common].to_vec(), here.clone(), there.clone());
                    between.insert(pair, module);
                }
            }
        }
        for (parent, here, there) in between.keys() {
            let back = between.get(&(parent.clone(), there.clone(), here.clone()));
            assert!(
                back.is_none(),
                "{package}: in {parent:?}, {here} and {there} use each other: {back:?}"
            );
        }
    }
}
