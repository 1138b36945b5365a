use std::str::FromStr;

use domain::{
    id::ClinicId,
    money::Currency,
    time::{CivilDate, Timestamp, WallTime, Zone},
};
use store::View;

use super::Clinic;
use crate::Failure;

/// Where a command runs: what every area needs to know of the clinic.
#[derive(Debug, Clone)]
pub struct Here {
    /// The clinic.
    pub clinic: ClinicId,
    /// Its zone.
    pub zone: Zone,
    /// Its currency.
    pub currency: Currency,
    /// Its country, ISO 3166.
    pub country: String,
    /// Its language.
    pub locale: String,
    /// The prefix of this desk's codes and series.
    pub prefix: String,
    /// The calendar day at the clinic.
    pub today: CivilDate,
}

impl Here {
    /// What the clinic's wall clock shows at an instant.
    pub fn wall(&self, at: Timestamp) -> WallTime {
        self.zone.wall(at)
    }
}

/// Where this view's command runs.
pub fn here(view: &View<'_>) -> Result<Here, Failure> {
    let clinic = Clinic::load(view)?;
    let zone = Zone::named(&clinic.zone).ok_or(Failure::Damaged("the clinic's zone"))?;
    Ok(Here {
        clinic: clinic.id,
        zone,
        currency: Currency::from_str(&clinic.currency).map_err(|_| Failure::Damaged("the clinic's currency"))?,
        country: clinic.country,
        locale: clinic.locale,
        prefix: view.identity().prefix.clone(),
        today: zone.date(view.at()),
    })
}
