<?xml version="1.0" encoding="UTF-8"?>
<!-- An HTML page → its text in page order, with a mark wherever an element ends the line or opens a place of its own.
     The marks are noncharacters of Unicode, which no page prints; parsers/documents/markup.py reads them.
       FDD0 a line ends     FDD1 FDD2 container     FDD3 FDD4 table     FDD5 row group     FDD6 row
       FDD7 rowspan,colspan FDD8 cell's text FDD9   FDDA FDDB link      FDDC FDDD bold
       FDDE number FDDE link to a file, picture     FDDF FDE0 container that is not displayed
       FDE1 an inline element begins or ends        FDE4 what a cell shows without text FDE4 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="script | style | noscript | template | title | select | textarea | button | svg | math | audio | video
      | canvas | iframe | object | applet | datalist"/>

  <!-- Parts of a report that fold up have their titles on buttons. -->
  <xsl:template match="button[contains(., '情况') or contains(., '事项') or contains(., '、')]">&#xFDD0;&#xFDDC;<xsl:apply-templates/>&#xFDDD;&#xFDD0;</xsl:template>

  <!-- A table printed as a form shows its numbers in fields: a cell that holds one is not blank. Longer texts are those of
       search boxes; what they say is left out, and that they say something is not. -->
  <xsl:template match="td//input[not(@type) or @type = 'text' or @type = 'number']">
    <xsl:call-template name="field"><xsl:with-param name="text" select="@value"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="td//textarea">
    <xsl:call-template name="field"><xsl:with-param name="text" select="normalize-space(.)"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="td//select[option/@selected]">
    <xsl:call-template name="field">
      <xsl:with-param name="text" select="normalize-space(option[@selected])"/>
    </xsl:call-template>
  </xsl:template>
  <!-- Nobody chose: the choices say that the cell is not blank. -->
  <xsl:template match="td//select[option][not(option/@selected)]">&#xFDE4;<xsl:for-each select="option">
      <xsl:if test="position() &gt; 1">/</xsl:if>
      <xsl:value-of select="normalize-space(.)"/>
    </xsl:for-each>&#xFDE4;</xsl:template>
  <xsl:template name="field">
    <xsl:param name="text"/>
    <xsl:value-of select="substring($text, 1, 12 * (string-length($text) &lt; 12))"/>
    <xsl:if test="string-length($text) &gt; 11">…</xsl:if>
  </xsl:template>

  <!-- Struck out: the page takes it back. -->
  <xsl:template match="del | s | strike | rt | rp"/>

  <!-- A footnote's mark must not become a digit of the number beside it: 821 with note 1 is not 8211. -->
  <xsl:template match="sup">&#xFDE1;<xsl:value-of select="translate(., '0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹')"/>&#xFDE1;</xsl:template>

  <xsl:template match="*">&#xFDE1;<xsl:apply-templates/>&#xFDE1;</xsl:template>

  <xsl:template match="br | hr">&#xFDD0;</xsl:template>

  <xsl:template match="p | li | dt | dd | pre | legend | summary | caption | figcaption | ucaptitle | publishtime | head
      | option">&#xFDD0;<xsl:apply-templates/>&#xFDD0;</xsl:template>

  <xsl:template match="div | body | section | article | main | header | footer | nav | aside | form | fieldset | blockquote
      | center | ul | ol | dl | address | figure | details | ucapcontent | founder-content">&#xFDD1;<xsl:apply-templates/>&#xFDD2;</xsl:template>

  <xsl:template match="h1 | h2 | h3 | h4 | h5 | h6">&#xFDD0;&#xFDDC;<xsl:apply-templates/>&#xFDDD;&#xFDD0;</xsl:template>

  <xsl:template match="strong | b">&#xFDDC;<xsl:apply-templates/>&#xFDDD;</xsl:template>

  <xsl:template match="a[@href]">&#xFDDA;<xsl:apply-templates/>&#xFDDB;</xsl:template>

  <xsl:template match="table">&#xFDD3;<xsl:apply-templates/>&#xFDD4;</xsl:template>

  <xsl:template match="tbody | thead | tfoot">&#xFDD5;<xsl:apply-templates/></xsl:template>

  <xsl:template match="tr">&#xFDD6;<xsl:apply-templates/></xsl:template>

  <xsl:template match="td | th">&#xFDD7;<xsl:value-of select="@rowspan"/>,<xsl:value-of select="@colspan"/>&#xFDD8;<xsl:apply-templates/>&#xFDD9;</xsl:template>

  <!-- Names that markup.py gives to elements before. -->
  <xsl:template match="not-displayed"/>

  <xsl:template match="hidden-panel">&#xFDDF;<xsl:apply-templates/>&#xFDE0;</xsl:template>

  <xsl:template match="td//numbered[@shows]">&#xFDE4;<xsl:value-of select="@shows"/>&#xFDE4;&#xFDDE;<xsl:value-of select="@number"/>&#xFDDE;</xsl:template>

  <xsl:template match="numbered">&#xFDDE;<xsl:value-of select="@number"/>&#xFDDE;&#xFDDA;<xsl:apply-templates/>&#xFDDB;</xsl:template>
</xsl:stylesheet>
