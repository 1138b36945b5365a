//! The TypeScript side of the catalogue: named types, and one map from a command's name to its input, output and
//! refusal. Written into the UI by `cargo xtask bindings`; CI fails when it is stale.

use std::collections::BTreeMap;

use clinic::{Catalogue, Command, Read, Topic, Write};
use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    catalogue::{self, DeskCatalogue, DeskCommand},
    reply::CommonRefusal,
};

/// The whole file.
pub fn typescript() -> String {
    let mut export =
        Export { config: Config::new().with_large_int("number"), types: BTreeMap::new(), rows: BTreeMap::new() };
    export.named::<Topic>();
    export.named::<CommonRefusal>();
    catalogue::commands(&mut export);
    let mut out = String::from("// Made by `cargo xtask bindings` from the command catalogue. Never edited.\n\n");
    for declaration in export.types.values() {
        out.push_str(declaration);
        out.push_str("\n\n");
    }
    out.push_str("export interface Commands {\n");
    for row in export.rows.values() {
        out.push_str(row);
    }
    out.push_str("}\n");
    out
}

struct Export {
    config: Config,
    types: BTreeMap<String, String>,
    rows: BTreeMap<&'static str, String>,
}

impl Export {
    /// Declares a type and everything it depends on, once.
    fn named<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.types.contains_key(&name) {
                return;
            }
            self.types.insert(name, format!("export {}", T::decl(&self.config)));
        }
        self.dependencies::<T>();
    }

    fn dependencies<T: TS + 'static + ?Sized>(&mut self) {
        struct Visit<'a>(&'a mut Export);
        impl TypeVisitor for Visit<'_> {
            fn visit<T: TS + 'static + ?Sized>(&mut self) {
                self.0.named::<T>();
            }
        }
        T::visit_dependencies(&mut Visit(self));
        T::visit_generics(&mut Visit(self));
    }

    fn command<C: Command>(&mut self) {
        // Inputs and refusals belong to one command and are written in place; outputs are named types.
        self.dependencies::<C>();
        self.dependencies::<C::Refusal>();
        self.named::<C::Output>();
        let row = format!(
            "  \"{}\": {{\n    input: {};\n    output: {};\n    refusal: {};\n  }};\n",
            C::NAME,
            C::inline(&self.config),
            C::Output::name(&self.config),
            C::Refusal::inline(&self.config),
        );
        self.rows.insert(C::NAME, row);
    }
}

impl Catalogue for Export {
    fn read<C: Read>(&mut self) {
        self.command::<C>();
    }

    fn write<C: Write>(&mut self) {
        self.command::<C>();
    }
}

impl DeskCatalogue for Export {
    fn desk<C: DeskCommand>(&mut self) {
        self.command::<C>();
    }
}
