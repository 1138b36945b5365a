use clinic::{Failure, organization::Clinic};
use domain::{
    id::{DeviceId, OrgId, UserId},
    permission::{Permission, Role},
    time::{CivilDate, Timestamp},
};
use serde::Serialize;
use store::{View, rusqlite};
use ts_rs::TS;

use crate::{Desk, OpenFolder};

/// Who is signed in, where, and what they may do.
#[derive(Debug, Serialize, TS)]
pub struct Session {
    /// Who.
    pub user: SessionUser,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// The tenant.
    pub organization: SessionOrganization,
    /// The clinic.
    pub clinic: Clinic,
    /// This desk.
    pub desk: SessionDesk,
    /// The calendar day at the clinic.
    pub today: CivilDate,
    /// Now.
    pub now: Timestamp,
}

/// The user of a session.
#[derive(Debug, Serialize, TS)]
pub struct SessionUser {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// The tenant of a session.
#[derive(Debug, Serialize, TS)]
pub struct SessionOrganization {
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// Papers carry a DEMO mark.
    pub demo: bool,
}

/// The desk of a session.
#[derive(Debug, Serialize, TS)]
pub struct SessionDesk {
    /// Its id.
    pub id: DeviceId,
    /// What people call it.
    pub name: String,
    /// The prefix of its series and chart codes.
    pub prefix: String,
}

impl Session {
    /// The session on an open folder; `None` when its user may not sign in any more.
    pub(crate) fn of(desk: &Desk, open: &OpenFolder) -> Result<Option<Self>, Failure> {
        open.store.read(open.user, desk.now(), |view| Ok::<_, store::StoreError>(load(view, open)))?
    }
}

fn load(view: &View<'_>, open: &OpenFolder) -> Result<Option<Session>, Failure> {
    let sql = |error: rusqlite::Error| Failure::Store(error.into());
    let Some(user) = clinic::organization::user(view, open.user).map_err(sql)?.filter(|user| user.active) else {
        return Ok(None);
    };
    let clinic = Clinic::load(view)?;
    let here = clinic::organization::here(view)?;
    let identity = view.identity();
    let organization = clinic::organization::name(view).map_err(sql)?;
    let demo = clinic::organization::is_demo(view).map_err(sql)?;
    Ok(Some(Session {
        permissions: user.role.permissions(),
        user: SessionUser { id: user.id, name: user.name, role: user.role },
        organization: SessionOrganization { id: identity.org, name: organization, demo },
        clinic,
        desk: SessionDesk {
            id: identity.device,
            name: clinic::organization::desk_name(view, identity.device).map_err(sql)?,
            prefix: identity.prefix.clone(),
        },
        today: here.today,
        now: view.at(),
    }))
}
