//! The catalogue: the areas' commands and the desk's own, in one list. The router and the TypeScript map are both
//! made from it, so neither can know a command that the other does not.

use clinic::{Catalogue, Command, Stop, Topic};

use crate::{Desk, system};

/// A command on the desk itself rather than on an open folder: sign in, found, print.
pub(crate) trait DeskCommand: Command {
    /// Whether someone must be signed in, and permitted.
    const SESSION: bool;
    /// Whether it makes its topics stale.
    const CHANGES: bool;
    /// Does it.
    fn run(self, desk: &Desk) -> Result<Self::Output, Stop<Self::Refusal>>;
}

/// Where the desk's own commands are listed besides the areas'.
pub(crate) trait DeskCatalogue: Catalogue {
    /// Lists a command of the desk.
    fn desk<C: DeskCommand>(&mut self);
}

/// Lists everything.
pub(crate) fn commands(catalogue: &mut impl DeskCatalogue) {
    system::commands(catalogue);
    clinic::commands(catalogue);
}

/// A command as the tools list it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: &'static str,
    /// The permission it needs; none for those before a sign-in.
    pub needs: Option<domain::permission::Permission>,
    /// What it reads or makes stale.
    pub topics: &'static [Topic],
}

/// Every command, by name.
pub fn names() -> Vec<Listed> {
    #[derive(Default)]
    struct List(Vec<Listed>);
    impl Catalogue for List {
        fn read<C: clinic::Read>(&mut self) {
            self.0.push(Listed { name: C::NAME, needs: Some(C::NEEDS), topics: C::TOPICS });
        }
        fn write<C: clinic::Write>(&mut self) {
            self.0.push(Listed { name: C::NAME, needs: Some(C::NEEDS), topics: C::TOPICS });
        }
    }
    impl DeskCatalogue for List {
        fn desk<C: DeskCommand>(&mut self) {
            self.0.push(Listed { name: C::NAME, needs: C::SESSION.then_some(C::NEEDS), topics: C::TOPICS });
        }
    }
    let mut list = List::default();
    commands(&mut list);
    list.0.sort_unstable_by_key(|listed| listed.name);
    list.0
}
