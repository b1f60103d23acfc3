-- What an item costs by itself in its own app, so that a bundle's page can say what is saved.

ALTER TABLE `BundleItem`
  ADD COLUMN `listPriceAmount` INT NULL,
  ADD COLUMN `listPriceCurrency` VARCHAR(3) NULL;
