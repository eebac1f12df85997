export type Problem = { code: string; message: string; next_step: string };
