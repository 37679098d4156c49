-- By what a payment was made (支払方法), as the receipt prints it. NULL until it is paid, for means
-- that we have no word for, and for what was paid before this was kept.
ALTER TABLE payments ADD COLUMN method text
    CHECK (method IN ('card', 'paypay', 'konbini'))
    CHECK (method IS NULL OR state = 'paid');
