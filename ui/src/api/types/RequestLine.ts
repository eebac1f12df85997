export type RequestLine = { request: string; kind: string; org: string; received_on: string; due_on: string | null; stage: string };
