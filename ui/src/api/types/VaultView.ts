export type VaultView = { vault: string; practice: boolean };
