import { Module } from '@nestjs/common';
import { ENV } from '@osiris/service-kit';
import { DownloadsController } from './downloads/downloads.controller';
import { DownloadUrls } from './downloads/download-urls';
import type { Env } from './env';
import { configuredStore } from './objects/configured-store';
import { OBJECT_STORE } from './objects/object-store';
import { StoreHealth } from './objects/store-health';
import { ArtifactRemovalWorker } from './removals/artifact-removal.worker';
import { SigningKeys } from './signatures/signing-keys';
import { AbandonedUploads } from './uploads/abandoned-uploads';
import { UploadsController } from './uploads/uploads.controller';
import { UploadsService } from './uploads/uploads.service';
import { UploadTokens } from './uploads/upload-tokens';

@Module({
  controllers: [UploadsController, DownloadsController],
  providers: [
    UploadsService,
    ArtifactRemovalWorker,
    StoreHealth,
    AbandonedUploads,
    { provide: SigningKeys, useFactory: (env: Env) => new SigningKeys(env.SIGNING_KEYS), inject: [ENV] },
    { provide: UploadTokens, useFactory: (keys: SigningKeys) => new UploadTokens(keys), inject: [SigningKeys] },
    { provide: DownloadUrls, useFactory: (keys: SigningKeys) => new DownloadUrls(keys), inject: [SigningKeys] },
    { provide: OBJECT_STORE, useFactory: configuredStore, inject: [ENV, DownloadUrls] },
  ],
})
export class AppModule {}
