-- Letters on the way (补正, 延期, 收费 …): each attempt to bring one to whom it is for. Answers have reply_service.
CREATE TABLE delivery (
	id @id@,
	letter_id @int@ NOT NULL REFERENCES letter (id),
	way TEXT NOT NULL CHECK (way IN ('in_person', 'post', 'email', 'web', 'fax', 'entrusted', 'notice')),
	sent_on TEXT NOT NULL,
	signed_on TEXT,
	counts_on TEXT,
	tracking TEXT NOT NULL,
	addressee TEXT NOT NULL,              -- who signed; of a mail the address, masked
	failed @int@ NOT NULL CHECK (failed IN (0, 1)),
	note TEXT NOT NULL,
	person TEXT NOT NULL,
	at @int@ NOT NULL,
	notice_id @int@                       -- the mail that carries it, if it was sent from here
) @strict@;
CREATE INDEX delivery_by_letter ON delivery (letter_id, id);
CREATE UNIQUE INDEX delivery_by_notice ON delivery (notice_id) WHERE notice_id IS NOT NULL;
