-- Linking accounts (see src/cross-app/schema.ts). One column a statement: a file that was stopped half-way runs again,
-- and a column that is there already is passed over.

-- AI Hero's address at an explicit link, told to the other app; `linkedEmail` is the other account's.
ALTER TABLE `AI_AccountLink` ADD COLUMN `userEmail` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;

-- The other app has asked to end this link: it and older ones may not claim the grant.
ALTER TABLE `AI_CrossAppGrant` ADD COLUMN `unlinkingLinkRevision` int NULL;

-- The address the provider vouched for at the last sign-in, normalised.
ALTER TABLE `AI_ProviderAccountSeen` ADD COLUMN `vouchedEmail` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
