-- Notices on holidays loaded since the program was built; each is laid over the calendar shipped with it.
CREATE TABLE calendar_notice (
	id @id@,
	notice TEXT NOT NULL,                 -- 国办发明电〔2025〕7号
	seq @int@ NOT NULL                    -- ledger position of the loading: the calendar's version
) @strict@;

CREATE TABLE calendar_rule (
	notice_id @int@ NOT NULL REFERENCES calendar_notice (id),
	day TEXT NOT NULL,
	working @int@ NOT NULL CHECK (working IN (0, 1)),
	name TEXT NOT NULL,
	PRIMARY KEY (notice_id, day)
) @strict@;
