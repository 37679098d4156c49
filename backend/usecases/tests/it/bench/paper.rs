//! A typist (浄書): papers as plain text in a blink. What the real printer makes of a sheet is
//! tested in `documents`; one test here goes through it.

use domain::figures::Figures;
use usecases::ports::documents::{
    Csv, DaySheet, DocumentFault, Documents, Pdf, PermitSheet, ReceiptSheet, RefundSheet, Table,
};

pub struct Typist;

fn listed(lines: &[String]) -> Csv {
    Csv {
        bytes: lines.join("\n").into_bytes(),
    }
}

fn typed(lines: &[String]) -> Pdf {
    Pdf {
        bytes: lines.join("\n").into_bytes(),
        substitutions: Vec::new(),
    }
}

impl Documents for Typist {
    fn permit(&self, sheet: &PermitSheet) -> Result<Pdf, DocumentFault> {
        Ok(typed(&[
            "使用許可書".to_owned(),
            sheet.number.clone(),
            sheet.addressee.name.reveal().clone(),
            sheet.usage.room.clone(),
            sheet.total_yen.to_string(),
            format!("減免前 {:?}", sheet.unreduced_yen),
            format!("{:?}", sheet.fee),
            sheet.issuer.name.clone(),
            sheet.usage.facility.clone(),
            sheet.usage.span.clock(),
            sheet.changes.join("\n"),
            sheet.conditions.join("\n"),
        ]))
    }

    fn receipt(&self, sheet: &ReceiptSheet) -> Result<Pdf, DocumentFault> {
        Ok(typed(&[
            "領収書".to_owned(),
            sheet.number.clone(),
            sheet.payer.name.reveal().clone(),
            sheet.paid_on.to_string(),
            sheet.total_yen.to_string(),
            format!("減免前 {:?}", sheet.unreduced_yen),
            sheet.method.clone(),
            sheet.issuer.name.clone(),
            sheet.usage.facility.clone(),
            sheet.usage.span.clock(),
        ]))
    }

    fn refund(&self, sheet: &RefundSheet) -> Result<Pdf, DocumentFault> {
        let reckoning = sheet.reckoning.iter();
        let reckoning = reckoning
            .map(|line| format!("{}（{}）{}", line.label, line.basis, line.amount_yen))
            .collect::<Vec<_>>();
        Ok(typed(&[
            "還付通知書".to_owned(),
            sheet.number.clone(),
            sheet.payee.name.reveal().clone(),
            sheet.decided_on.to_string(),
            sheet.reason.clone(),
            sheet.given_up.clone(),
            format!("{:?}", sheet.left),
            sheet.receipt_number.clone(),
            reckoning.join("\n"),
            format!(
                "{} − {} − {}",
                sheet.paid_yen, sheet.refunded_before_yen, sheet.refund_yen
            ),
            sheet.method.clone(),
        ]))
    }

    fn day_sheet(&self, sheet: &DaySheet) -> Result<Pdf, DocumentFault> {
        Ok(typed(&[
            "収入日計表".to_owned(),
            sheet.number.clone(),
            sheet.facility.clone(),
            sheet.drawer.clone(),
            sheet.date.to_string(),
            sheet.expected_yen.to_string(),
            sheet.counted.total().to_string(),
            sheet.reason.clone().unwrap_or_default(),
        ]))
    }

    fn day_sheet_csv(&self, sheet: &DaySheet) -> Result<Csv, DocumentFault> {
        let row = |what: &str, amount: i64| format!("{what},{amount}");
        let mut rows = vec![
            sheet.number.clone(),
            row("釣銭準備金", sheet.float_yen.as_i64()),
        ];
        let came = sheet.receipts.iter();
        rows.extend(came.map(|one| row("収納", one.amount_yen.as_i64())));
        let went = sheet.refunds.iter();
        rows.extend(went.map(|one| row("還付", -one.amount_yen.as_i64())));
        rows.push(row("あるべき現金", sheet.expected_yen.as_i64()));
        rows.push(row("実査 合計", sheet.counted.total().as_i64()));
        Ok(listed(&rows))
    }

    fn figures_csv(&self, figures: &Figures) -> Result<Csv, DocumentFault> {
        Ok(listed(&[
            figures.month.to_string(),
            figures.total.bookings.to_string(),
        ]))
    }

    fn table_csv(&self, table: &Table) -> Result<Csv, DocumentFault> {
        Ok(listed(&[
            table.head.join(","),
            table.rows.len().to_string(),
        ]))
    }
}
