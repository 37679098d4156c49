//! A paper that does not add up is not printed.

use domain::money::{SignedYen, Yen};
use domain::payment::Means;
use domain::quote::QuoteLine;
use usecases::ports::documents::{DaySheet, DocumentFault, RefundSheet, TaxShare};

/// The lines make the total.
///
/// # Errors
/// [`DocumentFault::DoesNotAddUp`] otherwise.
pub fn lines_make_total(lines: &[QuoteLine], total: Yen) -> Result<(), DocumentFault> {
    let parts = lines.iter().map(|line| line.amount_yen);
    let parts = SignedYen::sum(parts).map(u64_of).unwrap_or(u64::MAX);
    adds_up("料金内訳の合計", parts, total)
}

/// The shares per tax rate make the total, and the tax in each is that rate's, rounded once.
///
/// Whether a fraction is cut, rounded or raised is the issuer's choice (消費税法基本通達1-8-15), so
/// either neighbour is right. No shares at all mean revenue outside the tax.
///
/// # Errors
/// [`DocumentFault::DoesNotAddUp`] otherwise.
pub fn taxes_make_total(shares: &[TaxShare], total: Yen) -> Result<(), DocumentFault> {
    if shares.is_empty() {
        return Ok(());
    }
    parts_make(
        "税率ごとの合計",
        shares.iter().map(|share| share.amount_yen),
        total,
    )?;
    for share in shares {
        let rate = u64::from(share.rate_percent);
        let taxed = u64::from(share.amount_yen.get()) * rate;
        let stated = u64::from(share.tax_included_yen.get());
        let exact = taxed / (100 + rate);
        if stated != exact && stated != taxed.div_ceil(100 + rate) {
            return Err(DocumentFault::DoesNotAddUp {
                what: "内消費税額",
                stated,
                parts: exact,
            });
        }
    }
    Ok(())
}

/// A reduction does not raise a fee.
///
/// # Errors
/// [`DocumentFault::DoesNotAddUp`] otherwise.
pub fn reduced_from(before: Option<Yen>, total: Yen) -> Result<(), DocumentFault> {
    within("減免前の額", before.unwrap_or(total), total)
}

/// No more goes back than was paid for what was given up, and in all no more than was paid.
///
/// # Errors
/// [`DocumentFault::DoesNotAddUp`] otherwise.
pub fn refund_within(sheet: &RefundSheet) -> Result<(), DocumentFault> {
    within("還付額", sheet.paid_for_it_yen, sheet.refund_yen)?;
    let so_far = [sheet.refunded_before_yen, sheet.refund_yen];
    let so_far = Yen::sum(so_far).unwrap_or(Yen::new(u32::MAX));
    within("これまでの還付額", sheet.paid_yen, so_far)
}

fn within(what: &'static str, most: Yen, stated: Yen) -> Result<(), DocumentFault> {
    if stated <= most {
        return Ok(());
    }
    Err(DocumentFault::DoesNotAddUp {
        what,
        stated: u64_of(stated),
        parts: u64_of(most),
    })
}

/// What should be in the drawer is its float and the cash that came in, less the cash that went
/// back.
///
/// # Errors
/// [`DocumentFault::DoesNotAddUp`] otherwise.
pub fn drawer_adds_up(sheet: &DaySheet) -> Result<(), DocumentFault> {
    let cash = |rows: &mut dyn Iterator<Item = (Means, Yen)>| -> u64 {
        let cash = rows.filter(|(means, _)| *means == Means::Cash);
        cash.map(|(_, yen)| u64::from(yen.get())).sum()
    };
    let came = cash(&mut sheet.receipts.iter().map(|row| (row.means, row.amount_yen)));
    let went = cash(&mut sheet.refunds.iter().map(|row| (row.means, row.amount_yen)));
    let float = u64::from(sheet.float_yen.get());
    let stated = u64::from(sheet.expected_yen.get());
    if stated + went == float + came {
        return Ok(());
    }
    Err(DocumentFault::DoesNotAddUp {
        what: "あるべき現金",
        stated,
        parts: (float + came).saturating_sub(went),
    })
}

fn parts_make(
    what: &'static str,
    parts: impl Iterator<Item = Yen>,
    total: Yen,
) -> Result<(), DocumentFault> {
    adds_up(what, parts.map(u64_of).sum(), total)
}

fn u64_of(yen: Yen) -> u64 {
    u64::from(yen.get())
}

fn adds_up(what: &'static str, parts: u64, total: Yen) -> Result<(), DocumentFault> {
    let stated = u64::from(total.get());
    if parts == stated {
        Ok(())
    } else {
        Err(DocumentFault::DoesNotAddUp {
            what,
            stated,
            parts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(amount: u32, tax: u32) -> [TaxShare; 1] {
        [TaxShare {
            rate_percent: 10,
            amount_yen: Yen::new(amount),
            tax_included_yen: Yen::new(tax),
        }]
    }

    #[test]
    fn tax_may_be_cut_or_raised_but_not_invented() {
        for tax in [72, 73] {
            assert!(
                taxes_make_total(&share(800, tax), Yen::new(800)).is_ok(),
                "{tax}"
            );
        }
        for tax in [0, 71, 74, 80] {
            assert!(
                taxes_make_total(&share(800, tax), Yen::new(800)).is_err(),
                "{tax}"
            );
        }
        assert!(taxes_make_total(&share(800, 72), Yen::new(801)).is_err());
    }

    #[test]
    fn no_reduction_raises_a_fee() {
        assert!(reduced_from(Some(Yen::new(800)), Yen::new(800)).is_ok());
        assert!(reduced_from(Some(Yen::new(800)), Yen::new(801)).is_err());
        assert!(reduced_from(None, Yen::new(801)).is_ok());
    }
}
