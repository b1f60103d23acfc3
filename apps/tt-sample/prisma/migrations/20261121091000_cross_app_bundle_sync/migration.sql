-- What Cross-App Bundle Sync adds. Compared byte by byte (utf8mb4_bin): ids and normalised addresses of different
-- people must never meet in an index because their accents or letter case look alike to a collation.

CREATE TABLE `CrossAppSync` (
  `id` VARCHAR(191) NOT NULL,
  `purchaseId` VARCHAR(191) NOT NULL,
  `targetApp` VARCHAR(50) NOT NULL,
  `targetProductId` VARCHAR(191) NOT NULL,
  `status` VARCHAR(20) NOT NULL DEFAULT 'pending',
  `targetEntitlementId` VARCHAR(191) NULL,
  `targetUserId` VARCHAR(191) NULL,
  `errorMessage` TEXT NULL,
  `retryCount` INT NOT NULL DEFAULT 0,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `syncedAt` DATETIME(3) NULL,
  `revokedAt` DATETIME(3) NULL,
  `desiredState` VARCHAR(20) NOT NULL,
  `reason` VARCHAR(20) NOT NULL,
  `ownerUserId` VARCHAR(191) NOT NULL,
  `ownerEmail` VARCHAR(254) NOT NULL,
  `ownerProven` TINYINT(1) NOT NULL,
  `restriction` VARCHAR(2) NULL,
  `revision` INT NOT NULL,
  `ackedRevision` INT NOT NULL DEFAULT 0,
  `refusedRevision` INT NULL,
  `stateVersion` INT NOT NULL DEFAULT 0,
  `mirrorStatus` VARCHAR(20) NULL,
  `targetGrantId` VARCHAR(191) NULL,
  `frozenAt` DATETIME(3) NULL,
  `seenRevision` INT NULL,
  `holdReason` TEXT NULL,
  `nextAttemptAt` DATETIME(3) NULL,
  `dueSince` DATETIME(3) NULL,
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `CrossAppSync_purchaseId_targetApp_targetProductId_key` (`purchaseId`, `targetApp`, `targetProductId`),
  KEY `CrossAppSync_nextAttemptAt_idx` (`nextAttemptAt`),
  KEY `CrossAppSync_dueSince_idx` (`dueSince`),
  KEY `CrossAppSync_status_idx` (`status`),
  KEY `CrossAppSync_frozenAt_idx` (`frozenAt`),
  KEY `CrossAppSync_ownerUserId_idx` (`ownerUserId`),
  KEY `CrossAppSync_updatedAt_idx` (`updatedAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `BundleItem` (
  `id` VARCHAR(191) NOT NULL,
  `productId` VARCHAR(191) NOT NULL,
  `targetApp` VARCHAR(50) NOT NULL,
  `targetProductId` VARCHAR(191) NOT NULL,
  `title` VARCHAR(191) NOT NULL,
  `summary` TEXT NOT NULL,
  `path` VARCHAR(191) NOT NULL,
  `position` INT NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `BundleItem_productId_targetApp_targetProductId_key` (`productId`, `targetApp`, `targetProductId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `PurchaseOrigin` (
  `purchaseId` VARCHAR(191) NOT NULL,
  `checkoutSessionId` VARCHAR(191) NOT NULL,
  `provenUserId` VARCHAR(191) NULL,
  `buyerEmail` VARCHAR(254) NULL,
  `restriction` VARCHAR(2) NULL,
  `currency` VARCHAR(3) NOT NULL,
  `amountPaid` INT NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`purchaseId`),
  UNIQUE KEY `PurchaseOrigin_checkoutSessionId_key` (`checkoutSessionId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `ChargeFact` (
  `id` VARCHAR(191) NOT NULL,
  `kind` VARCHAR(10) NOT NULL,
  `chargeId` VARCHAR(191) NOT NULL,
  `amount` INT NOT NULL,
  `status` VARCHAR(40) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `ChargeFact_chargeId_idx` (`chargeId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `AccountLink` (
  `id` VARCHAR(191) NOT NULL,
  `userId` VARCHAR(191) NOT NULL,
  `linkedApp` VARCHAR(50) NOT NULL,
  `linkedUserId` VARCHAR(191) NOT NULL,
  `linkedEmail` VARCHAR(254) NULL,
  `linkMethod` VARCHAR(20) NOT NULL,
  `linkedAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `unlinkedAt` DATETIME(3) NULL,
  `linkRevision` INT NOT NULL,
  `unlinkRequestedAt` DATETIME(3) NULL,
  `unlinkRelease` TINYINT(1) NOT NULL DEFAULT 0,
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `AccountLink_userId_linkedApp_key` (`userId`, `linkedApp`),
  KEY `AccountLink_linkedApp_linkedUserId_idx` (`linkedApp`, `linkedUserId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `ProviderAccountSeen` (
  `provider` VARCHAR(191) NOT NULL,
  `providerAccountId` VARCHAR(191) NOT NULL,
  `userId` VARCHAR(191) NOT NULL,
  `attachedAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `newUser` TINYINT(1) NOT NULL,
  `vouchedEmail` VARCHAR(254) NULL,
  PRIMARY KEY (`provider`, `providerAccountId`),
  KEY `ProviderAccountSeen_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `PullCursor` (
  `kind` VARCHAR(20) NOT NULL,
  `position` DATETIME(3) NOT NULL,
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`kind`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `LinkRequest` (
  `jti` VARCHAR(191) NOT NULL,
  `userId` VARCHAR(191) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `expiresAt` DATETIME(3) NOT NULL,
  `consumedAt` DATETIME(3) NULL,
  PRIMARY KEY (`jti`),
  KEY `LinkRequest_userId_idx` (`userId`),
  KEY `LinkRequest_createdAt_idx` (`createdAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `StripeEvent` (
  `id` VARCHAR(191) NOT NULL,
  `type` VARCHAR(191) NOT NULL,
  `objectId` VARCHAR(191) NOT NULL,
  `outcome` VARCHAR(40) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL,
  `receivedAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  KEY `StripeEvent_outcome_idx` (`outcome`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `Outbox` (
  `id` VARCHAR(191) NOT NULL,
  `happening` VARCHAR(191) NOT NULL,
  `kind` VARCHAR(10) NOT NULL,
  `name` VARCHAR(191) NOT NULL,
  `payload` JSON NOT NULL,
  `attempts` INT NOT NULL DEFAULT 0,
  `lastError` TEXT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `nextAttemptAt` DATETIME(3) NULL,
  `dispatchedAt` DATETIME(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `Outbox_happening_key` (`happening`),
  KEY `Outbox_nextAttemptAt_idx` (`nextAttemptAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE `AuditEvent` (
  `id` VARCHAR(191) NOT NULL,
  `at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `actor` VARCHAR(191) NOT NULL,
  `action` VARCHAR(191) NOT NULL,
  `purchaseId` VARCHAR(191) NULL,
  `subject` VARCHAR(191) NOT NULL,
  `data` JSON NOT NULL,
  PRIMARY KEY (`id`),
  KEY `AuditEvent_purchaseId_at_idx` (`purchaseId`, `at`),
  KEY `AuditEvent_at_idx` (`at`),
  KEY `AuditEvent_action_at_idx` (`action`, `at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
