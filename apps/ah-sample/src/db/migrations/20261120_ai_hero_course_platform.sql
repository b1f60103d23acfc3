-- The tables that the course platform package declares (see src/db/schema.ts). The real app has them already:
-- when you copy the bundle sync there, leave this file out.

CREATE TABLE IF NOT EXISTS `AI_Account` (
	`userId` varchar(255) NOT NULL,
	`type` varchar(255) NOT NULL,
	`provider` varchar(255) NOT NULL,
	`providerAccountId` varchar(255) NOT NULL,
	`refresh_token` text,
	`access_token` text,
	`oauth_token` text,
	`oauth_token_secret` text,
	`expires_at` int,
	`token_type` varchar(255),
	`scope` varchar(255),
	`id_token` text,
	`session_state` varchar(255),
	`refresh_token_expires_in` int,
	PRIMARY KEY (`provider`, `providerAccountId`),
	KEY `Account_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_ContentResourceProduct` (
	`productId` varchar(255) NOT NULL,
	`resourceId` varchar(255) NOT NULL,
	`position` double NOT NULL DEFAULT 0,
	`metadata` json DEFAULT ('{}'),
	`createdAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updatedAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`deletedAt` timestamp(3) NULL,
	PRIMARY KEY (`productId`, `resourceId`),
	KEY `ContentResourceProduct_resourceId_idx` (`resourceId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_ContentResourceResource` (
	`resourceOfId` varchar(255) NOT NULL,
	`resourceId` varchar(255) NOT NULL,
	`position` double NOT NULL DEFAULT 0,
	`metadata` json DEFAULT ('{}'),
	`createdAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updatedAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`deletedAt` timestamp(3) NULL,
	PRIMARY KEY (`resourceOfId`, `resourceId`),
	KEY `ContentResourceResource_resourceId_idx` (`resourceId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_ContentResource` (
	`id` varchar(255) NOT NULL,
	`organizationId` varchar(191),
	`createdByOrganizationMembershipId` varchar(191),
	`type` varchar(255) NOT NULL,
	`createdById` varchar(255) NOT NULL,
	`fields` json DEFAULT ('{}'),
	`currentVersionId` varchar(255),
	`createdAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updatedAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	`deletedAt` timestamp(3) NULL,
	PRIMARY KEY (`id`),
	KEY `ContentResource_type_idx` (`type`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_EntitlementType` (
	`id` varchar(191) NOT NULL,
	`name` varchar(255) NOT NULL,
	`description` text,
	PRIMARY KEY (`id`),
	UNIQUE KEY `EntitlementType_name_key` (`name`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_Entitlement` (
	`id` varchar(191) NOT NULL,
	`entitlementType` varchar(255) NOT NULL,
	`userId` varchar(191),
	`organizationId` varchar(191),
	`organizationMembershipId` varchar(191),
	`sourceType` varchar(255) NOT NULL,
	`sourceId` varchar(191) NOT NULL,
	`metadata` json DEFAULT ('{}'),
	`expiresAt` timestamp(3) NULL,
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updatedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`deletedAt` timestamp(3) NULL,
	PRIMARY KEY (`id`),
	KEY `Entitlement_userId_idx` (`userId`),
	KEY `Entitlement_organizationId_idx` (`organizationId`),
	KEY `Entitlement_organizationMembershipId_idx` (`organizationMembershipId`),
	KEY `Entitlement_source_idx` (`sourceType`, `sourceId`),
	KEY `Entitlement_entitlementType_idx` (`entitlementType`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_MerchantCharge` (
	`id` varchar(191) NOT NULL,
	`status` int NOT NULL DEFAULT 0,
	`identifier` varchar(191) NOT NULL,
	`userId` varchar(191) NOT NULL,
	`merchantAccountId` varchar(191) NOT NULL,
	`merchantProductId` varchar(191) NOT NULL,
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`merchantCustomerId` varchar(191) NOT NULL,
	PRIMARY KEY (`id`),
	UNIQUE KEY `MerchantCharge_identifier_key` (`identifier`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_MerchantSession` (
	`id` varchar(191) NOT NULL,
	`identifier` varchar(191) NOT NULL,
	`merchantAccountId` varchar(191) NOT NULL,
	PRIMARY KEY (`id`),
	UNIQUE KEY `MerchantSession_identifier_key` (`identifier`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_OrganizationMembership` (
	`id` varchar(255) NOT NULL,
	`organizationId` varchar(191),
	`role` varchar(191) NOT NULL DEFAULT 'user',
	`invitedById` varchar(255) NOT NULL,
	`userId` varchar(255) NOT NULL,
	`fields` json DEFAULT ('{}'),
	`createdAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`id`),
	KEY `OrganizationMembership_organizationId_idx` (`organizationId`),
	KEY `OrganizationMembership_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_Organization` (
	`id` varchar(255) NOT NULL,
	`name` varchar(191),
	`fields` json DEFAULT ('{}'),
	`image` varchar(255),
	`createdAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_Product` (
	`id` varchar(191) NOT NULL,
	`organizationId` varchar(191),
	`name` varchar(191) NOT NULL,
	`key` varchar(191),
	`type` varchar(191) DEFAULT 'self-paced',
	`fields` json DEFAULT ('{}'),
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`status` int NOT NULL DEFAULT 1,
	`quantityAvailable` int NOT NULL DEFAULT -1,
	PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_Purchase` (
	`id` varchar(191) NOT NULL,
	`userId` varchar(191),
	`organizationMembershipId` varchar(191),
	`organizationId` varchar(191),
	`createdAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`totalAmount` decimal(65,30) NOT NULL,
	`ip_address` varchar(191),
	`city` varchar(191),
	`state` varchar(191),
	`country` varchar(191),
	`couponId` varchar(191),
	`productId` varchar(191) NOT NULL,
	`merchantChargeId` varchar(191),
	`upgradedFromId` varchar(191),
	`status` varchar(191) NOT NULL DEFAULT 'Valid',
	`bulkCouponId` varchar(191),
	`merchantSessionId` varchar(191),
	`redeemedBulkCouponId` varchar(191),
	`fields` json DEFAULT ('{}'),
	PRIMARY KEY (`id`),
	UNIQUE KEY `Purchase_upgradedFromId_key` (`upgradedFromId`),
	KEY `Purchase_userId_idx` (`userId`),
	KEY `Purchase_merchantChargeId_idx` (`merchantChargeId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_Session` (
	`sessionToken` varchar(255) NOT NULL,
	`userId` varchar(255) NOT NULL,
	`expires` timestamp(3) NOT NULL,
	PRIMARY KEY (`sessionToken`),
	KEY `Session_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_User` (
	`id` varchar(255) NOT NULL,
	`name` varchar(255),
	`role` enum('user','admin') DEFAULT 'user',
	`email` varchar(255) NOT NULL,
	`fields` json DEFAULT ('{}'),
	`emailVerified` timestamp(3) NULL,
	`image` varchar(255),
	`createdAt` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`id`),
	UNIQUE KEY `User_email_key` (`email`),
	KEY `User_createdAt_idx` (`createdAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS `AI_VerificationToken` (
	`identifier` varchar(255) NOT NULL,
	`token` varchar(255) NOT NULL,
	`expires` timestamp(3) NOT NULL,
	PRIMARY KEY (`identifier`, `token`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Inbox of AI Hero's own Stripe webhook.
CREATE TABLE IF NOT EXISTS `AI_StripeEvent` (
	`id` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`type` varchar(191) NOT NULL,
	`receivedAt` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
