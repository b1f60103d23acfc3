-- Looking things up for support, and what a person undid (see src/cross-app/schema.ts). One key a statement: a file that
-- was stopped half-way runs again, and a key that is there already is passed over.

-- A person's part of the audit: what happened to them, and what they did.
ALTER TABLE `AI_AuditEvent` ADD KEY `AuditEvent_subject_at_idx` (`subject`, `at`);
ALTER TABLE `AI_AuditEvent` ADD KEY `AuditEvent_actor_at_idx` (`actor`, `at`);

-- Each filter of the list of grants, in the order of the list: newest change first.
ALTER TABLE `AI_CrossAppGrant` ADD KEY `CrossAppGrant_desiredState_updatedAt_id_idx` (`desiredState`, `updatedAt`, `id`);
ALTER TABLE `AI_CrossAppGrant` ADD KEY `CrossAppGrant_status_updatedAt_id_idx` (`status`, `updatedAt`, `id`);
ALTER TABLE `AI_CrossAppGrant` ADD KEY `CrossAppGrant_productId_updatedAt_id_idx` (`productId`, `updatedAt`, `id`);
ALTER TABLE `AI_CrossAppGrant` ADD KEY `CrossAppGrant_userId_updatedAt_id_idx` (`userId`, `updatedAt`, `id`);
ALTER TABLE `AI_CrossAppGrant` ADD KEY `CrossAppGrant_ownerEmail_idx` (`ownerEmail`);

-- The link that a person here had.
ALTER TABLE `AI_AccountLink` ADD KEY `AccountLink_formerUserId_idx` (`formerUserId`);

-- Which two accounts a person has unlinked. The AccountLink row remembers only its last link; this outlives the next one,
-- so that nothing automatic joins the same two again. A link that a person confirms takes the row away.
CREATE TABLE IF NOT EXISTS `AI_UndoneLink` (
	`linkedApp` varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`linkedUserId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`userId` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`undoneBy` varchar(32) NOT NULL,
	`undoneAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`linkedApp`, `linkedUserId`, `userId`),
	KEY `UndoneLink_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What was undone before this table existed, as far as it is known.
INSERT IGNORE INTO `AI_UndoneLink` (`linkedApp`, `linkedUserId`, `userId`, `undoneBy`, `undoneAt`)
	SELECT `linkedApp`, `linkedUserId`, `formerUserId`, `unlinkedBy`, COALESCE(`unlinkedAt`, `updatedAt`)
	FROM `AI_AccountLink`
	WHERE `userId` IS NULL AND `formerUserId` IS NOT NULL AND `unlinkedBy` IN ('user', 'not-me');
