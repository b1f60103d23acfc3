-- A link's row now also stands for a user who was never linked (linkRevision 0), remembers how its link began and
-- ended, and holds what this app has asked AI Hero to undo until AI Hero has confirmed it.

ALTER TABLE `AccountLink`
  MODIFY `linkedUserId` VARCHAR(191) NULL,
  MODIFY `linkMethod` VARCHAR(20) NULL,
  MODIFY `linkedAt` DATETIME(3) NULL,
  ADD COLUMN `tokenId` VARCHAR(191) NULL,
  ADD COLUMN `unlinkedBy` VARCHAR(20) NULL,
  ADD COLUMN `released` TINYINT(1) NOT NULL DEFAULT 0,
  ADD COLUMN `unlinkRequestRevision` INT NULL,
  ADD COLUMN `unlinkRequestedBy` VARCHAR(20) NULL,
  ADD COLUMN `attempts` INT NOT NULL DEFAULT 0,
  ADD COLUMN `nextAttemptAt` DATETIME(3) NULL,
  ADD KEY `AccountLink_nextAttemptAt_idx` (`nextAttemptAt`);

UPDATE `AccountLink` SET `unlinkedBy` = 'user' WHERE `unlinkedAt` IS NOT NULL;

UPDATE `AccountLink`
SET `unlinkRequestRevision` = `linkRevision`, `unlinkRequestedBy` = 'user', `nextAttemptAt` = `unlinkRequestedAt`
WHERE `unlinkRequestedAt` IS NOT NULL;
