//! Prices: rows with a first and a last day. A new price ends the old one the day before.

use domain::{
    id::{ServiceId, Uuid},
    money::{Currency, MOST_MINOR, Money},
    time::CivilDate,
};
use store::{
    Tx, View,
    rusqlite::{self, OptionalExtension, named_params},
};

use super::service;
use crate::organization::Here;

/// What a service costs on a day; `None` when no price holds.
pub fn price_on(view: &View<'_>, id: ServiceId, on: CivilDate) -> rusqlite::Result<Option<Money>> {
    Ok(service(view, id, on)?.and_then(|service| service.price))
}

/// Reads a price as typed. A price is never negative, and never more than sums can bear.
pub(super) fn read(typed: &str, currency: Currency) -> Option<Money> {
    Money::parse(typed.trim(), currency).ok().filter(|price| (0..=MOST_MINOR).contains(&price.minor()))
}

/// Makes the price from today on the given one; `None` ends the service's price.
pub(super) fn put(tx: &Tx<'_>, here: &Here, service: ServiceId, price: Option<Money>) -> rusqlite::Result<()> {
    let today = here.today.to_string();
    let known: Option<(Uuid, String, i64, String)> = tx
        .db()
        .prepare_cached(include_str!("sql/price_row.sql"))?
        .query_row(named_params! { ":service_id": service.0, ":on": today }, |row| {
            Ok((row.get("id")?, row.get("valid_from")?, row.get("amount_minor")?, row.get("currency")?))
        })
        .optional()?;
    if let Some((id, from, minor, currency)) = known {
        if price.is_some_and(|price| price.minor() == minor && price.currency().code() == currency) {
            return Ok(());
        }
        if from == today {
            // It never held on a past day: what was typed today is corrected today.
            tx.db().execute("update service_price set deleted_at = ?2 where id = ?1", (id, tx.at().millis()))?;
        } else {
            let yesterday = here.today.plus_days(-1).to_string();
            tx.db().execute("update service_price set valid_until = ?2 where id = ?1", (id, yesterday))?;
        }
    }
    if let Some(price) = price {
        tx.db().execute(
            include_str!("sql/insert_price.sql"),
            named_params! {
                ":id": tx.new_id(), ":clinic_id": here.clinic.0, ":at": tx.at().millis(), ":by": tx.actor().0,
                ":service_id": service.0, ":amount_minor": price.minor(), ":currency": price.currency().code(),
                ":valid_from": today,
            },
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_a_plain_amount_that_is_not_negative() {
        let minor = |typed| read(typed, Currency::Brl).map(Money::minor);
        assert_eq!(minor(" 1800.00 "), Some(180_000));
        assert_eq!(minor("100000000000.00"), Some(MOST_MINOR));
        assert_eq!(minor("0"), Some(0), "a free return visit has a price of nothing");
        for wrong in ["-1", "1.800,00", "1.005", "", "abc", "100000000000.01", "9999999999999999999999"] {
            assert_eq!(minor(wrong), None, "{wrong}");
        }
    }
}
