//! Which columns each table of records has: object, key prefix, fields after `Id`.

pub(super) const SHEETS: &[(&str, &str, &str)] = &[
    (
        "Account",
        "001",
        "Name LastName FirstName IsPersonAccount PersonContactId PersonEmail PersonMobilePhone PersonHomePhone \
      PersonBirthdate PersonMailingStreet PersonMailingCity PersonMailingState PersonMailingPostalCode PersonMailingCountry \
      PersonIndividualId AccountNumber Phone Industry Website BillingStreet BillingCity BillingState BillingPostalCode \
      BillingCountry Description MasterRecordId IsDeleted CreatedDate LastModifiedDate",
    ),
    ("AccountContactRelation", "07k", "AccountId ContactId Roles IsDirect IsActive"),
    ("AccountFeed", "0D5", "ParentId Type Body"),
    ("AccountHistory", "017", "AccountId Field DataType OldValue NewValue CreatedDate"),
    ("Asset", "02i", "Name ContactId AccountId Product2Id SerialNumber PurchaseDate Status Price IsDeleted"),
    ("Attachment", "00P", "ParentId Name ContentType BodyLength IsPrivate IsDeleted"),
    ("Campaign", "701", "Name Type Status StartDate EndDate IsActive"),
    (
        "CampaignMember",
        "00v",
        "CampaignId LeadId ContactId LeadOrContactId Status HasResponded FirstName LastName Name Email Phone Street City State \
      PostalCode Type IsDeleted",
    ),
    ("CampaignMemberStatus", "01Y", "CampaignId Label SortOrder IsDefault HasResponded"),
    (
        "Case",
        "500",
        "CaseNumber ContactId AccountId SuppliedName SuppliedEmail SuppliedPhone Subject Description Status Origin Priority \
      IsClosed ClosedDate ContactEmail ContactPhone AssetId IsDeleted CreatedDate LastModifiedDate",
    ),
    ("CaseComment", "00a", "ParentId CommentBody IsPublished IsDeleted CreatedDate"),
    ("CaseFeed", "0D5", "ParentId Type Body"),
    ("CaseHistory", "017", "CaseId Field DataType OldValue NewValue CreatedDate"),
    (
        "Contact",
        "003",
        "AccountId IsPersonAccount Salutation FirstName MiddleName LastName Suffix Email Phone MobilePhone HomePhone \
      OtherPhone AssistantName AssistantPhone Birthdate MailingStreet MailingCity MailingState MailingPostalCode MailingCountry OtherStreet OtherCity \
      OtherState OtherPostalCode Title Department LeadSource Description IndividualId ReportsToId HasOptedOutOfEmail DoNotCall MasterRecordId \
      IsDeleted CreatedDate LastModifiedDate",
    ),
    ("ContactCleanInfo", "0CC", "ContactId Name FirstName LastName Email Phone Street City State PostalCode"),
    ("ContactFeed", "0D5", "ParentId Type Body"),
    ("ContactHistory", "017", "ContactId Field DataType OldValue NewValue CreatedDate"),
    (
        "ContactPointAddress",
        "8lW",
        "Name ParentId AddressType Street City State PostalCode Country IsPrimary",
    ),
    ("ContactPointEmail", "9Vl", "ParentId EmailAddress EmailMailBox EmailDomain IsPrimary"),
    ("ContactPointPhone", "0Ow", "ParentId TelephoneNumber FormattedNationalPhoneNumber PhoneType IsPrimary"),
    (
        "ContactPointTypeConsent",
        "0ZY",
        "Name PartyId ContactPointType PrivacyConsentStatus CaptureSource CaptureDate",
    ),
    (
        "ContentDocument",
        "069",
        "Title FileType FileExtension ContentSize LatestPublishedVersionId Description IsDeleted",
    ),
    ("ContentDocumentLink", "06A", "LinkedEntityId ContentDocumentId ShareType Visibility IsDeleted"),
    (
        "ContentVersion",
        "068",
        "ContentDocumentId IsLatest VersionNumber Title Description PathOnClient FileType FileExtension ContentSize \
      FirstPublishLocationId IsDeleted",
    ),
    (
        "Contract",
        "800",
        "ContractNumber AccountId CustomerSignedId CustomerSignedDate Status StatusCode StartDate ContractTerm SpecialTerms \
      BillingStreet BillingCity BillingState BillingPostalCode",
    ),
    ("DuplicateRecordItem", "0GL", "Name DuplicateRecordSetId RecordId"),
    ("DuplicateRecordSet", "0GK", "Name RecordCount"),
    (
        "EmailMessage",
        "02s",
        "ParentId RelatedToId Subject FromName FromAddress ToAddress CcAddress TextBody HtmlBody Incoming Status MessageDate \
      HasAttachment IsDeleted",
    ),
    (
        "EmailMessageRelation",
        "0CZ",
        "EmailMessageId RelationId RelationType RelationAddress RelationObjectType",
    ),
    ("ERP_Customer__x", "x00", "ExternalId DisplayUrl Full_Name__c Email__c Phone__c City__c"),
    (
        "Event",
        "00U",
        "WhoId WhatId AccountId Subject Location Description StartDateTime EndDateTime ActivityDateTime ActivityDate \
      DurationInMinutes IsArchived IsDeleted",
    ),
    ("EventRelation", "0RE", "EventId RelationId IsWhat IsParent IsInvitee Status"),
    ("FeedComment", "0D7", "FeedItemId ParentId CommentBody CreatedDate"),
    ("FeedItem", "0D5", "ParentId Type Title Body CreatedDate"),
    ("Gift_Registry__c", "a03", "Name Registrant__c Partner__c Reach_Us__c Event_Date__c IsDeleted"),
    (
        "Individual",
        "0PK",
        "Salutation FirstName LastName BirthDate HasOptedOutSolicit ShouldForget HasPrivacyHold",
    ),
    (
        "Lead",
        "00Q",
        "Salutation FirstName LastName Company Title Email Phone MobilePhone Street City State PostalCode Country LeadSource Status \
      Description IsConverted ConvertedDate ConvertedAccountId ConvertedContactId IndividualId HasOptedOutOfEmail MasterRecordId IsDeleted \
      CreatedDate LastModifiedDate",
    ),
    ("LeadCleanInfo", "0CE", "LeadId Name FirstName LastName Email Phone Street City State PostalCode"),
    ("LeadHistory", "017", "LeadId Field DataType OldValue NewValue CreatedDate"),
    ("Legacy_Order__b", "i00", "Customer_Email__c Order_Date__c Order_Number__c Total__c"),
    (
        "LiveChatTranscript",
        "570",
        "Name ContactId AccountId CaseId Body IpAddress Location Status StartTime EndTime",
    ),
    (
        "Loyalty_Member__c",
        "a00",
        "Name Contact__c Member_Number__c First_Name__c Last_Name__c Email__c Phone__c Postal_Code__c Tier__c Points__c \
      IsDeleted",
    ),
    ("Newsletter_Signup__c", "a04", "Name Email__c Source__c Signed_Up_At__c Ip_Address__c IsDeleted"),
    ("Note", "002", "ParentId Title Body IsPrivate IsDeleted"),
    (
        "Opportunity",
        "006",
        "Name AccountId ContactId StageName Amount CloseDate IsClosed IsWon NextStep Description",
    ),
    ("OpportunityContactRole", "00K", "OpportunityId ContactId Role IsPrimary"),
    (
        "OpportunityLineItem",
        "00k",
        "OpportunityId Product2Id PricebookEntryId Quantity UnitPrice Description",
    ),
    (
        "Order",
        "801",
        "OrderNumber AccountId ContractId BillToContactId ShipToContactId Status StatusCode EffectiveDate Description BillingStreet \
      BillingCity BillingState BillingPostalCode ShippingStreet ShippingCity ShippingState ShippingPostalCode BillingEmailAddress \
      BillingPhoneNumber PoNumber IsDeleted",
    ),
    (
        "OrderItem",
        "802",
        "OrderItemNumber OrderId Product2Id PricebookEntryId Quantity UnitPrice Description",
    ),
    ("Pricebook2", "01s", "Name IsActive IsStandard"),
    ("PricebookEntry", "01u", "Name Pricebook2Id Product2Id UnitPrice IsActive"),
    ("Product2", "01t", "Name ProductCode Family IsActive"),
    ("Repair_Ticket__c", "a05", "Name Case__c Item__c Status__c Customer_Words__c Bench_Notes__c"),
    ("Store_Visit__c", "a02", "Name Contact__c Store__c Visited_On__c Advisor_Notes__c"),
    (
        "Task",
        "00T",
        "WhoId WhatId AccountId Subject Description ActivityDate Status Priority IsClosed IsArchived IsDeleted CallObject",
    ),
    ("TaskRelation", "0RT", "TaskId RelationId IsWhat"),
    (
        "Warranty_Registration__c",
        "a01",
        "Name Contact__c Product__c Serial_Number__c Purchase_Date__c Notes__c",
    ),
];
