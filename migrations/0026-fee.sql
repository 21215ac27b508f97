-- 信息处理费 (Art. 42, 国办函〔2020〕109号): the notice is sent, arrives, is paid or lapses; by which tariff.
CREATE TABLE request_fee_now (
	request_id @int@ PRIMARY KEY REFERENCES request (id), -- charged once
	unit_id @int@ NOT NULL REFERENCES unit (id),          -- that charged it
	tariff TEXT NOT NULL CHECK (tariff = '' OR tariff = 'piece' OR tariff = 'quantity'), -- '': from before this
	quantity @int@ NOT NULL CHECK (quantity >= 0),        -- which request of the month, or its pages
	fen @int@ NOT NULL CHECK (fen > 0),
	told_on TEXT NOT NULL,
	served_on TEXT,
	pay_until TEXT,
	paid_on TEXT,
	refunded_on TEXT,
	refunded_fen @int@ NOT NULL CHECK (refunded_fen >= 0 AND refunded_fen <= fen),
	CHECK ((served_on IS NULL) = (pay_until IS NULL)),
	CHECK ((refunded_on IS NULL) = (refunded_fen = 0))
) @strict@;
INSERT INTO request_fee_now (request_id, unit_id, tariff, quantity, fen, told_on, served_on, pay_until, paid_on, refunded_fen)
SELECT f.request_id, r.unit_id, '', 0, f.fen, f.served_on, f.served_on, f.pay_until, f.paid_on, 0
FROM request_fee f JOIN request r ON r.id = f.request_id ORDER BY f.id;
DROP TABLE request_fee;
ALTER TABLE request_fee_now RENAME TO request_fee;
-- The list of a unit, newest first, and that of the site.
CREATE INDEX request_fee_by_unit ON request_fee (unit_id, told_on, request_id);
CREATE INDEX request_fee_by_day ON request_fee (told_on, request_id);

-- What a unit has settled where the 办法 leaves it open.
CREATE TABLE fee_practice (
	unit_id @int@ PRIMARY KEY REFERENCES unit (id),
	tariff TEXT NOT NULL CHECK (tariff = 'piece' OR tariff = 'quantity'), -- offered first
	ended_count @int@ NOT NULL CHECK (ended_count = 0 OR ended_count = 1), -- withdrawn, not corrected: still counted
	quantity_counts @int@ NOT NULL CHECK (quantity_counts = 0 OR quantity_counts = 1), -- charged by pages: too
	sheet_pages @int@ NOT NULL CHECK (sheet_pages BETWEEN 1 AND 16), -- pages of a side larger than A4
	pay_how TEXT NOT NULL
) @strict@;
