import type { PreflightReport } from '../domain/sharing/preflight-report';

/** What preflight found, from outside. */
export function preflightView({ judgedMs, outcome, reasons }: PreflightReport) {
  return { judgedAt: new Date(judgedMs).toISOString(), outcome, reasons };
}
