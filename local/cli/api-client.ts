import type { Issuer } from '../people/issuer';

export interface ApiAnswer {
  status: number;
  // What the API answers is JSON whose shape the reader of each route knows.
  body: Record<string, unknown>;
}

/** Calls the HTTP API as one of the people of the development issuer. */
export function apiClient(baseUrl: string, issuer: Issuer) {
  return async (person: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<ApiAnswer> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await issuer.token(person)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };
}

export type ApiClient = ReturnType<typeof apiClient>;
