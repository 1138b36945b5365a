//! Making the demo clinic: a folder of its own, with everyone's password known.

use std::sync::PoisonError;

use clinic::demo::{self, Recipe, Scale};
use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, OrgId, UserId},
};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use store::{Entropy as _, Identity, SigningKey};
use vault::{DataKey, KdfCost, KeySlots};

use super::{Announcement, Desk, DeskError, OpenFolder, making::Beginning};

impl Desk {
    /// Makes the demo and opens it for its owner. The same seed at the same moment makes the same clinic.
    pub(crate) fn make_demo(&self, seed: u64) -> Result<(), DeskError> {
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        let dir = self.folder(true);
        if dir.exists() {
            return Err(DeskError::FolderNotEmpty);
        }
        let recipe = Recipe { seed, now: self.now(), scale: Scale::FULL };
        let opens = recipe.opens()?;
        // Ids come from the seed as well, keys never do.
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        let mut ids = move |bytes: &mut [u8]| chance.fill_bytes(bytes);
        let owner = UserId(ids.id(opens));
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        let key = DataKey::generate(&mut fill);
        let mut slots = KeySlots::new(&key, &mut fill);
        slots.add_password(&key, owner.0, demo::OWNER, demo::PASSWORD, KdfCost::STANDARD, &mut fill)?;

        let (root, device) = (SigningKey::from_bytes(&self.draw()), SigningKey::from_bytes(&self.draw()));
        let certificate = Certificate::issue(
            &root,
            OrgId(ids.id(opens)),
            DeviceId(ids.id(opens)),
            GenerationId(ids.id(opens)),
            "A",
            &device.verifying_key(),
            opens,
        );
        let identity = Identity::new(certificate, device, Some(root));
        let begin = Beginning { key: &key, slots: &slots, identity: &identity, ids: Box::new(ids) };
        let (store, demo, ()) = self.make(begin, |store, passing| {
            let made = demo::build(&store, owner, &recipe, |done, total| self.tell_progress(done, total))?;
            let mut slots = KeySlots::read(passing)?;
            for user in made.users.iter().skip(1) {
                slots.add_password(&key, user.id.0, &user.name, demo::PASSWORD, KdfCost::STANDARD, &mut fill)?;
            }
            slots.write(passing)?;
            Ok::<_, DeskError>((true, ()))
        })?;
        self.put(Some(OpenFolder { store, user: owner, demo }));
        Ok(())
    }

    /// About a hundred times over the whole of it.
    fn tell_progress(&self, done: usize, total: usize) {
        let step = (total / 100).max(1);
        if done.is_multiple_of(step) || done == total {
            let progress = Some((u64::try_from(done).unwrap_or(0), u64::try_from(total).unwrap_or(0)));
            self.announce(&Announcement { topics: Vec::new(), progress });
        }
    }
}
