-- Bundle sync with Total TypeScript (see src/cross-app/schema.ts). Ids, keys and normalised emails are compared byte by
-- byte; no foreign keys, because a deleted account must not delete the record that something is due.

-- Who is linked to whom: one row per user of the other app, the lock for everything about that user.
-- `userId` is NULL while unlinked, so the unique key allows one live link per AI Hero user and app.
CREATE TABLE IF NOT EXISTS `AI_AccountLink` (
	`id` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`linkedApp` varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`linkedUserId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`userId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`formerUserId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`linkRevision` int NOT NULL DEFAULT 0,
	`linkMethod` varchar(50),
	`linkedEmail` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`linkTokenId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`linkedAt` timestamp(3) NULL,
	`unlinkedAt` timestamp(3) NULL,
	`unlinkedBy` varchar(32),
	`releasedAt` timestamp(3) NULL,
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updatedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`id`),
	UNIQUE KEY `AccountLink_linkedApp_linkedUserId_key` (`linkedApp`, `linkedUserId`),
	UNIQUE KEY `AccountLink_linkedApp_userId_key` (`linkedApp`, `userId`),
	KEY `AccountLink_userId_idx` (`userId`),
	KEY `AccountLink_updatedAt_id_idx` (`updatedAt`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS `AI_AuditEvent` (
	`id` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`actor` varchar(191) NOT NULL,
	`action` varchar(64) NOT NULL,
	`purchaseId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`subject` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`data` json NOT NULL,
	PRIMARY KEY (`id`),
	KEY `AuditEvent_at_id_idx` (`at`, `id`),
	KEY `AuditEvent_purchaseId_at_idx` (`purchaseId`, `at`),
	KEY `AuditEvent_action_at_idx` (`action`, `at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Link tokens that were used. Rows older than 90 days may go.
CREATE TABLE IF NOT EXISTS `AI_ConsumedLinkToken` (
	`jti` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`userId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`consumedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`jti`),
	KEY `ConsumedLinkToken_consumedAt_idx` (`consumedAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What a purchase on the other app entitles to here, and who has claimed it.
CREATE TABLE IF NOT EXISTS `AI_CrossAppGrant` (
	`id` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`sourceApp` varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`sourcePurchaseId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`productId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`syncId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`status` varchar(16) NOT NULL,
	`revision` int NOT NULL,
	`desiredState` varchar(16) NOT NULL,
	`sourceUserId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`ownerEmail` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`ownerProven` boolean NOT NULL,
	`restriction` char(2),
	`stopReason` varchar(16),
	`pendingForEmail` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`userId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
	`claimedAt` timestamp(3) NULL,
	`claimedByLinkRevision` int,
	`stateVersion` int NOT NULL,
	`entitlementIds` json NOT NULL,
	`purchasedAt` timestamp(3) NULL,
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updatedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`id`),
	UNIQUE KEY `CrossAppGrant_source_key` (`sourceApp`, `sourcePurchaseId`, `productId`),
	KEY `CrossAppGrant_sourceUserId_idx` (`sourceApp`, `sourceUserId`),
	KEY `CrossAppGrant_userId_idx` (`userId`),
	KEY `CrossAppGrant_pendingForEmail_idx` (`pendingForEmail`),
	KEY `CrossAppGrant_updatedAt_id_idx` (`updatedAt`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- In-app events and emails, written in the transaction that causes them.
CREATE TABLE IF NOT EXISTS `AI_Outbox` (
	`id` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`dedupeKey` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`kind` varchar(16) NOT NULL,
	`name` varchar(191) NOT NULL,
	`payload` json NOT NULL,
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`dispatchedAt` timestamp(3) NULL,
	`nextAttemptAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`attempts` int NOT NULL DEFAULT 0,
	`lastError` varchar(500),
	PRIMARY KEY (`id`),
	UNIQUE KEY `Outbox_dedupeKey_key` (`dedupeKey`),
	KEY `Outbox_nextAttemptAt_idx` (`nextAttemptAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- When a sign-in provider's account was attached. No row: before this table existed.
CREATE TABLE IF NOT EXISTS `AI_ProviderAccountSeen` (
	`provider` varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`providerAccountId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`userId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`attachedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`newUser` boolean NOT NULL,
	PRIMARY KEY (`provider`, `providerAccountId`),
	KEY `ProviderAccountSeen_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
