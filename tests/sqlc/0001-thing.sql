CREATE TABLE thing (
	id @id@,
	name TEXT NOT NULL UNIQUE,
	size @int@ NOT NULL,
	body @blob@,
	day TEXT NOT NULL,
	other TEXT,
	at @int@ NOT NULL,
	seen @int@,
	open @int@ NOT NULL CHECK (open IN (0, 1)),
	maybe @int@ CHECK (maybe IN (0, 1)),
	share @real@ NOT NULL,
	parent @int@ REFERENCES thing,
	secret TEXT NOT NULL DEFAULT '',
	hint TEXT
) @strict@;
