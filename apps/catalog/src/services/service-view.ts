import type { HubService } from '@osiris/contracts';
import { instantOrNull } from '../lifecycle/leased-row';
import type { ServiceEntity } from './service.entity';

export function serviceView(row: ServiceEntity): HubService {
  const { slug, name, kind, baseUrl, status, statusMessage, capabilities, metadata } = row;
  return { slug, name, kind, baseUrl, status, statusMessage, lastCheckedAt: instantOrNull(row.lastCheckedAt), capabilities, metadata };
}
