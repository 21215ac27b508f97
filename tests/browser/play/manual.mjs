export function manualFaults() { return []; }
