import { openApiDocument } from './openapi-document';
import { ALL_ROUTES } from './routes/all';

/** Run by the build, which puts what it prints beside the function that serves it. */
process.stdout.write(`${JSON.stringify(openApiDocument(ALL_ROUTES))}\n`);
