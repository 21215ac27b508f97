// pictures.mjs - the pictures of the manual, taken while the play is played.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/* What is looked at → the file of the picture. Each is taken once. */
export const PICTURES = {
	case: 'case',
};

export class Pictures {
	constructor(folder) {
		this.folder = folder;
		this.taken = new Set();
	}

	async take(hands, what) {
		const name = PICTURES[what];
		if (!this.folder || !name || this.taken.has(name)) return;
		this.taken.add(name);
		mkdirSync(this.folder, { recursive: true });
		await hands.page.screenshot({ path: join(this.folder, `${name}.png`) });
	}
}
