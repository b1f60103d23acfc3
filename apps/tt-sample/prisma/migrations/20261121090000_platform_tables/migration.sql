-- Tables of the real platform (accent- and case-insensitive, as there), and the stand-in for its content service.

CREATE TABLE `User` (
  `id` VARCHAR(191) NOT NULL,
  `name` VARCHAR(191) NULL,
  `email` VARCHAR(191) NOT NULL,
  `emailVerified` DATETIME(3) NULL,
  `image` TEXT NULL,
  `roles` VARCHAR(191) NOT NULL DEFAULT 'User',
  `fields` JSON NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `User_email_key` (`email`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Account` (
  `id` VARCHAR(191) NOT NULL,
  `userId` VARCHAR(191) NOT NULL,
  `type` VARCHAR(191) NOT NULL,
  `provider` VARCHAR(191) NOT NULL,
  `providerAccountId` VARCHAR(191) NOT NULL,
  `refresh_token` TEXT NULL,
  `access_token` TEXT NULL,
  `expires_at` BIGINT NULL,
  `token_type` VARCHAR(191) NULL,
  `scope` VARCHAR(191) NULL,
  `id_token` TEXT NULL,
  `session_state` VARCHAR(191) NULL,
  `oauth_token` VARCHAR(191) NULL,
  `oauth_token_secret` VARCHAR(191) NULL,
  `refresh_token_expires_in` INT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `Account_provider_providerAccountId_key` (`provider`, `providerAccountId`),
  KEY `Account_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `VerificationToken` (
  `identifier` VARCHAR(191) NOT NULL,
  `token` VARCHAR(191) NOT NULL,
  `expires` DATETIME(3) NOT NULL,
  UNIQUE KEY `VerificationToken_token_key` (`token`),
  UNIQUE KEY `VerificationToken_identifier_token_key` (`identifier`, `token`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Product` (
  `id` VARCHAR(191) NOT NULL,
  `name` VARCHAR(191) NOT NULL,
  `productType` VARCHAR(191) NULL,
  `key` VARCHAR(191) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `status` INT NOT NULL DEFAULT 0,
  `quantityAvailable` INT NOT NULL DEFAULT -1,
  PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Price` (
  `id` VARCHAR(191) NOT NULL,
  `productId` VARCHAR(191) NULL,
  `nickname` VARCHAR(191) NULL,
  `status` INT NOT NULL DEFAULT 0,
  `unitAmount` DECIMAL(10,2) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  KEY `Price_productId_idx` (`productId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Purchase` (
  `id` VARCHAR(191) NOT NULL,
  `userId` VARCHAR(191) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `totalAmount` DECIMAL(65,30) NOT NULL,
  `ip_address` VARCHAR(191) NULL,
  `city` VARCHAR(191) NULL,
  `state` VARCHAR(191) NULL,
  `country` VARCHAR(191) NULL,
  `couponId` VARCHAR(191) NULL,
  `bulkCouponId` VARCHAR(191) NULL,
  `redeemedBulkCouponId` VARCHAR(191) NULL,
  `productId` VARCHAR(191) NOT NULL,
  `merchantChargeId` VARCHAR(191) NULL,
  `merchantSessionId` VARCHAR(191) NULL,
  `upgradedFromId` VARCHAR(191) NULL,
  `status` VARCHAR(191) NOT NULL DEFAULT 'Valid',
  PRIMARY KEY (`id`),
  UNIQUE KEY `Purchase_upgradedFromId_key` (`upgradedFromId`),
  KEY `Purchase_userId_idx` (`userId`),
  KEY `Purchase_merchantChargeId_idx` (`merchantChargeId`),
  KEY `Purchase_createdAt_idx` (`createdAt`),
  KEY `Purchase_redeemedBulkCouponId_idx` (`redeemedBulkCouponId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `MerchantAccount` (
  `id` VARCHAR(191) NOT NULL,
  `label` VARCHAR(191) NULL,
  `identifier` VARCHAR(191) NULL,
  `status` INT NOT NULL DEFAULT 0,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `MerchantAccount_identifier_key` (`identifier`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `MerchantProduct` (
  `id` VARCHAR(191) NOT NULL,
  `merchantAccountId` VARCHAR(191) NOT NULL,
  `productId` VARCHAR(191) NOT NULL,
  `status` INT NOT NULL DEFAULT 0,
  `identifier` VARCHAR(191) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `MerchantProduct_identifier_key` (`identifier`),
  KEY `MerchantProduct_merchantAccountId_idx` (`merchantAccountId`),
  KEY `MerchantProduct_productId_idx` (`productId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `MerchantPrice` (
  `id` VARCHAR(191) NOT NULL,
  `merchantAccountId` VARCHAR(191) NOT NULL,
  `merchantProductId` VARCHAR(191) NOT NULL,
  `priceId` VARCHAR(191) NULL,
  `status` INT NOT NULL DEFAULT 0,
  `identifier` VARCHAR(191) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `MerchantPrice_identifier_key` (`identifier`),
  KEY `MerchantPrice_merchantProductId_idx` (`merchantProductId`),
  KEY `MerchantPrice_priceId_idx` (`priceId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `MerchantCustomer` (
  `id` VARCHAR(191) NOT NULL,
  `userId` VARCHAR(191) NOT NULL,
  `merchantAccountId` VARCHAR(191) NOT NULL,
  `identifier` VARCHAR(191) NOT NULL,
  `status` INT NULL DEFAULT 0,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `MerchantCustomer_identifier_key` (`identifier`),
  KEY `MerchantCustomer_userId_idx` (`userId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `MerchantCharge` (
  `id` VARCHAR(191) NOT NULL,
  `status` INT NOT NULL DEFAULT 0,
  `identifier` VARCHAR(191) NOT NULL,
  `amount` INT NOT NULL DEFAULT 0,
  `fee` INT NOT NULL DEFAULT 0,
  `refundAmount` INT NOT NULL DEFAULT 0,
  `net` INT NOT NULL DEFAULT 0,
  `metadata` JSON NULL,
  `userId` VARCHAR(191) NOT NULL,
  `merchantAccountId` VARCHAR(191) NOT NULL,
  `merchantProductId` VARCHAR(191) NOT NULL,
  `merchantCustomerId` VARCHAR(191) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `MerchantCharge_identifier_key` (`identifier`),
  KEY `MerchantCharge_userId_idx` (`userId`),
  KEY `MerchantCharge_merchantProductId_idx` (`merchantProductId`),
  KEY `MerchantCharge_merchantCustomerId_idx` (`merchantCustomerId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `MerchantSession` (
  `id` VARCHAR(191) NOT NULL,
  `identifier` VARCHAR(191) NOT NULL,
  `merchantAccountId` VARCHAR(191) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `MerchantSession_identifier_key` (`identifier`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `Coupon` (
  `id` VARCHAR(191) NOT NULL,
  `code` VARCHAR(191) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `expires` DATETIME(3) NULL,
  `maxUses` INT NOT NULL DEFAULT -1,
  `default` TINYINT(1) NOT NULL DEFAULT 0,
  `merchantCouponId` VARCHAR(191) NULL,
  `status` INT NOT NULL DEFAULT 0,
  `usedCount` INT NOT NULL DEFAULT 0,
  `percentageDiscount` DECIMAL(3,2) NOT NULL,
  `restrictedToProductId` VARCHAR(191) NULL,
  `bulkPurchaseId` VARCHAR(191) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `Coupon_code_key` (`code`),
  UNIQUE KEY `Coupon_bulkPurchaseId_key` (`bulkPurchaseId`),
  KEY `Coupon_merchantCouponId_idx` (`merchantCouponId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `ContentPage` (
  `productId` VARCHAR(191) NOT NULL,
  `kind` VARCHAR(191) NOT NULL,
  `slug` VARCHAR(191) NOT NULL,
  `title` VARCHAR(191) NOT NULL,
  `tagline` TEXT NOT NULL,
  `description` TEXT NOT NULL,
  `position` INT NOT NULL DEFAULT 0,
  `lessons` JSON NOT NULL,
  PRIMARY KEY (`productId`),
  UNIQUE KEY `ContentPage_slug_key` (`slug`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
