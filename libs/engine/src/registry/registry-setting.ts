import { z } from 'zod';
import { parseRegistryUrl } from './registry-url';

/** REGISTRY_URL in an environment. What is wrong with it is said without repeating it: it may hold a password. */
export const RegistryUrl = z.string().transform((text, context) => {
  try {
    return parseRegistryUrl(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
