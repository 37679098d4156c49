//! A typist (浄書): papers as plain text in a blink. What the real printer makes of a sheet is
//! tested in `documents`; one test here goes through it.

use usecases::ports::documents::{
    DocumentFault, Documents, Pdf, PermitSheet, ReceiptSheet, RefundSheet,
};

pub struct Typist;

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
            format!("{:?}", sheet.fee),
            sheet.issuer.name.clone(),
            sheet.usage.facility.clone(),
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
            sheet.method.clone(),
            sheet.issuer.name.clone(),
            sheet.usage.facility.clone(),
        ]))
    }

    fn refund(&self, sheet: &RefundSheet) -> Result<Pdf, DocumentFault> {
        Ok(typed(&[
            "還付通知書".to_owned(),
            sheet.number.clone(),
            sheet.refund_yen.to_string(),
        ]))
    }
}
