import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { ManifestDraft } from './manifest-draft';
import { type Table, tableOf } from './parsed-value';

/** Entities stay as they are written: what a document type declares cannot multiply. Every value stays text. */
const PARSER = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, processEntities: false, removeNSPrefix: true, ignoreDeclaration: true, ignorePiTags: true });

/** Elements by name (a list where there are several), attributes with `@`, text beside attributes as `#text`. */
export function parseXml(text: string, draft: ManifestDraft): Table {
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) draft.invalid(`is not valid XML (${valid.err.msg})`, valid.err.line || null);
    return tableOf(PARSER.parse(text));
  } catch (error) {
    if (draft.manifest.warnings.length === 0) draft.invalid(`cannot be read as XML (${error instanceof Error ? error.message : 'unknown'})`);
    return {};
  }
}
